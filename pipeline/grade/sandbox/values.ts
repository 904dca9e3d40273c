import type { GradeTensor, GradeValue } from "../../../src/grade/student_program.ts";

/**
 * Where a value's numbers stand in a frame: `0` is one number, `[2,3]` a tensor of that shape, strings, booleans and null are themselves, a
 * mapping is a record.
 */
export type Layout = 0 | readonly number[] | string | boolean | null | { readonly [name: string]: Layout };

/** Deeper records, or tensors of more dimensions, are no result of anything that is graded. */
export const MAX_DEPTH = 8;

/** A value taken apart into its layout and its numbers, a piece for each number and tensor. */
interface PackedValue {
  /** Where each number stands. */
  readonly layout: Layout;
  /** In the order of the layout. */
  readonly numbers: readonly Float64Array[];
}

/** Takes a value apart. Throws a RangeError where it nests deeper than MAX_DEPTH. */
export function packValue(value: GradeValue): PackedValue {
  const numbers: Float64Array[] = [];
  return { layout: layOut(value, { parts: numbers, depth: 0 }), numbers };
}

function layOut(value: GradeValue, { parts, depth }: { parts: Float64Array[]; depth: number }): Layout {
  if (depth > MAX_DEPTH) {
    throw new RangeError(`Cannot send a value: it must nest at most ${MAX_DEPTH} levels deep, found more`);
  }
  if (typeof value === "number") {
    parts.push(Float64Array.of(value));
    return 0;
  }
  if (typeof value !== "object" || value === null) return value;
  if (isTensor(value)) {
    parts.push(value.data);
    return value.shape;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, layOut(part, { parts, depth: depth + 1 })]),
  );
}

function isTensor(value: object): value is GradeTensor {
  return "data" in value && value.data instanceof Float64Array;
}

/**
 * Puts a value together again, trusting nothing: every part of the layout must be of a known kind, and the numbers must be exactly as many
 * as it says.
 * @throws SyntaxError
 */
export function unpackValue(layout: unknown, numbers: Float64Array): GradeValue {
  let at = 0;
  const take = (count: number): Float64Array => {
    if (!Number.isSafeInteger(count) || count < 0 || at + count > numbers.length) {
      throw new SyntaxError(`Cannot read a value: it must hold ${numbers.length} numbers, found more`);
    }
    return numbers.slice(at, at += count);
  };
  const read = (part: unknown, depth: number): GradeValue => {
    if (depth > MAX_DEPTH) throw new SyntaxError("Cannot read a value: it nests too deep");
    if (part === 0) return take(1)[0];
    if (part === null || typeof part === "boolean") return part;
    if (typeof part === "string") return part.toWellFormed();
    if (Array.isArray(part)) {
      if (!part.every((length) => Number.isSafeInteger(length) && length >= 0) || part.length > MAX_DEPTH) {
        throw new SyntaxError("Cannot read a value: a shape must be a list of a few lengths");
      }
      return { shape: part, data: take(part.reduce((size, length) => size * length, 1)) };
    }
    if (typeof part !== "object") throw new SyntaxError(`Cannot read a value: found a ${typeof part}`);
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, read(inner, depth + 1)]));
  };
  const value = read(layout, 0);
  if (at !== numbers.length) {
    throw new SyntaxError(`Cannot read a value: it must hold ${numbers.length} numbers, found ${at}`);
  }
  return value;
}
