// Whole numbers as text in the page's data, one or two characters each: half of what JSON takes or less.

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/** One more than the largest that has a code. */
export const CODES = 4096;

/** Numbers from 0 to 4095 by two digits of base 64 each. */
export function encodeNumbers(numbers: readonly number[]): string {
  return numbers.map((number) => DIGITS[number >> 6] + DIGITS[number & 63]).join("");
}

export function decodeNumbers(code: string): number[] {
  return Array.from({ length: code.length / 2 }, (_, i) => 64 * digit(code, 2 * i) + digit(code, 2 * i + 1));
}

/** Numbers from 0 to 63 by a digit of base 64 each. */
export function encodeDigits(numbers: readonly number[]): string {
  return numbers.map((number) => DIGITS[number]).join("");
}

export function decodeDigits(code: string): number[] {
  return Array.from(code, (_, place) => digit(code, place));
}

function digit(code: string, place: number): number {
  return DIGITS.indexOf(code[place]);
}
