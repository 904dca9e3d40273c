import { readCount, readDecimal } from "./decimal.ts";

/** A SHA-256 in hex. */
export const SHA256 = /^[0-9a-f]{64}$/;

/**
 * How one column's values stand in a CSV cell. Numbers are written by JavaScript's own `String(number)`: ECMAScript
 * demands the fewest digits that read back to the same float64 (-0 is written as 0). An empty cell is null.
 */
export interface Codec<V> {
  /** What a valid cell is, for messages: "must be <expects>". */
  readonly expects: string;
  /** The cell, or undefined if the value does not fit. */
  write(value: V): string | undefined;
  /** The value, or undefined if the cell does not fit. */
  read(cell: string): V | undefined;
  /** What a file holds that was written before there was such a column; without it, such a file is refused. */
  readonly absent?: V;
  /** A file has no such column where each of its rows would hold `absent`: most experiments know nothing of it. */
  readonly sparing?: true;
}

/** An integer from 0 to 2^53 - 1. */
export const count: Codec<number> = {
  expects: "an integer of 0 or more",
  write: (value) => Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined,
  read: readCount,
};

/** A finite number. */
export const finite: Codec<number> = {
  expects: "a finite number",
  write: (value) => Number.isFinite(value) ? String(value) : undefined,
  read: readDecimal,
};

/** A measured number; null, NaN and the infinities are written as an empty cell and read back as null. */
export const metric: Codec<number | null> = {
  expects: "a finite number or empty",
  write: (value) => value === null || !Number.isFinite(value) ? "" : finite.write(value),
  read: (cell) => cell === "" ? null : finite.read(cell),
};

/** A text of one line, not empty. */
export const text: Codec<string> = {
  expects: "a text of one line",
  write: (value) => /^[^\r\n]+$/.test(value) ? value : undefined,
  read: (cell) => /^[^\r\n]+$/.test(cell) ? cell : undefined,
};

/** Either null, an empty cell, or what `codec` takes. */
export function optional<V>(codec: Codec<V>): Codec<V | null> {
  return {
    expects: `${codec.expects} or empty`,
    write: (value) => value === null ? "" : codec.write(value),
    read: (cell) => cell === "" ? null : codec.read(cell),
  };
}

/** What only some experiments set, or measure: null where they do not, and no column where none does. */
export function whereSet<V>(codec: Codec<V>): Codec<V | null> {
  return { ...optional(codec), absent: null, sparing: true };
}

export function oneOf<V extends string>(words: readonly V[]): Codec<V> {
  return {
    expects: `one of ${words.join(", ")}`,
    write: (value) => words.includes(value) ? value : undefined,
    read: (cell) => words.find((word) => word === cell),
  };
}
