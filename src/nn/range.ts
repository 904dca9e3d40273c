/** The numbers that something may be set to: from `min` or from above `above`, to `max` or to below `below`. */
export interface NumberRange {
  readonly min?: number;
  readonly above?: number;
  readonly below?: number;
  readonly max?: number;
  /** Whole numbers alone. */
  readonly integer?: true;
}

/** `a number from 0 to below 1`, `a whole number of 1 or more`. */
function inWords({ min, above, below, max, integer }: NumberRange): string {
  const kind = integer ? "a whole number" : "a number";
  const to = max !== undefined ? `to ${max}` : below !== undefined ? `to below ${below}` : undefined;
  const from = min ?? above;
  if (from === undefined) {
    return to === undefined ? `a finite ${integer ? "whole number" : "number"}` : `${kind} ${to}`;
  }
  if (to !== undefined) return `${kind} from ${min === undefined ? "above " : ""}${from} ${to}`;
  return min === undefined ? `${kind} above ${from}` : `${kind} of ${from} or more`;
}

function isWithin(value: unknown, { min, above, below, max, integer }: NumberRange): boolean {
  return typeof value === "number" && Number.isFinite(value) && (!integer || Number.isInteger(value)) &&
    !(value < (min ?? -Infinity)) && !(value <= (above ?? -Infinity)) &&
    !(value >= (below ?? Infinity)) && !(value > (max ?? Infinity));
}

/** Says of values that are not what they must be what they are values of, and of what: `Cannot open a training: batch_size must be ...`. */
export class Checker {
  readonly #action: string;

  /** @param action what cannot be done with other values */
  constructor(action: string) {
    this.#action = action;
  }

  /** Throws RangeError unless the value is a number of the range. */
  number(name: string, value: unknown, range: NumberRange): void {
    if (!isWithin(value, range)) this.refuse(name, inWords(range), value);
  }

  /** Throws RangeError unless the value is one of the choices. */
  choice(name: string, value: unknown, choices: readonly unknown[]): void {
    if (!choices.includes(value)) this.refuse(name, choices.map(shown).join(" or "), value);
  }

  /** Throws RangeError unless the value is a list. */
  list(name: string, value: unknown): asserts value is readonly unknown[] {
    if (!Array.isArray(value)) this.refuse(name, "a list", value);
  }

  /** Throws RangeError unless each is the number of a row. */
  rows(name: string, rows: Uint32Array, count: number): void {
    const wrong = rows.find((row) => row >= count);
    if (wrong !== undefined) this.refuse(name, `rows from 0 to ${count - 1}`, wrong);
  }

  refuse(name: string, expected: string, found: unknown): never {
    throw new RangeError(`Cannot ${this.#action}: ${name} must be ${expected}, found ${shown(found)}`);
  }
}

function shown(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
