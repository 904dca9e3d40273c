const [ZERO, NINE, POINT, MINUS, PLUS, LOWER_E] = [..."09.-+e"].map((character) => character.charCodeAt(0));
const TO_LOWER = 0x20;

/** So many digits make an integer that float64 has exactly, and so does it a power of ten of so many zeros. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => Number(`1e${i}`));

/**
 * The number that a text of the form `-?digits(.digits)?(e[+-]?digits)?` stands for, as Number() reads it; undefined where it has another
 * form, or is too large to be finite. By characters, as tables of a hundred thousand rows are read with it: where the digits make an integer
 * that float64 has, and so the power of ten that divides it, their quotient is the number, rounded once (W. D. Clinger, How to read floating
 * point numbers accurately, PLDI 1990).
 */
export function readDecimal(text: string): number | undefined {
  const isNegative = text.charCodeAt(0) === MINUS;
  const start = isNegative ? 1 : 0;
  const point = endOfDigits(text, start);
  if (point === start) return undefined;
  let end = point;
  if (text.charCodeAt(point) === POINT) {
    end = endOfDigits(text, point + 1);
    if (end === point + 1) return undefined;
  }
  const decimals = Math.max(0, end - point - 1);
  if (end === text.length && point - start + decimals <= EXACT_DIGITS) {
    let digits = 0;
    for (let i = start; i < end; i++) {
      if (i !== point) digits = 10 * digits + text.charCodeAt(i) - ZERO;
    }
    const size = digits / POWERS[decimals];
    return isNegative ? -size : size;
  }
  if (end < text.length) {
    if ((text.charCodeAt(end) | TO_LOWER) !== LOWER_E) return undefined;
    const sign = text.charCodeAt(end + 1);
    const exponent = sign === MINUS || sign === PLUS ? end + 2 : end + 1;
    const last = endOfDigits(text, exponent);
    if (last === exponent || last < text.length) return undefined;
  }
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** The integer from 0 to 2^53 - 1 that a text of digits stands for; undefined where it is none. */
export function readCount(text: string): number | undefined {
  if (endOfDigits(text, 0) < text.length) return undefined;
  const value = readDecimal(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); code >= ZERO && code <= NINE; code = text.charCodeAt(end)) end++;
  return end;
}
