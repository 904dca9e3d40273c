/** A part of a page's state as addresses have it. */
export interface Field<Value> {
  readonly initial: Value;
  write(value: Value): string;
  /** Undefined where the text says nothing that the field can be. */
  read(text: string): Value | undefined;
}

// deno-lint-ignore no-explicit-any -- a page's fields are of any types; Values gives each its own
export type Fields = Readonly<Record<string, Field<any>>>;

export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer Value> ? Value : never;
};

/** One of some words. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  initial: NoInfer<Word>,
): Field<Word> {
  return { initial, write: (word) => word, read: (text) => words.find((word) => word === text) };
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** A finite number of a range, its ends included. */
export function numberIn({ least, most }: Range, initial: number): Field<number> {
  return {
    initial,
    write: String,
    read(text) {
      const value = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/** A whole number of a range, its ends included. */
export function wholeIn({ least, most }: Range, initial: number): Field<number> {
  const field = numberIn({ least, most }, initial);
  return {
    ...field,
    read(text) {
      const value = field.read(text);
      return Number.isSafeInteger(value) ? value : undefined;
    },
  };
}

/** Whether something is so. */
export function flag(initial: boolean): Field<boolean> {
  return {
    initial,
    write: (value) => value ? "1" : "0",
    read: (text) => text === "1" ? true : text === "0" ? false : undefined,
  };
}

/** A list of what another field holds, with dots between: up to `most` of them. */
export function listOf<Value>(
  item: Pick<Field<Value>, "write" | "read">,
  { most, initial, separator = "." }: { most: number; initial: readonly Value[]; separator?: string },
): Field<readonly Value[]> {
  return {
    initial,
    write: (values) => values.map((value) => item.write(value)).join(separator),
    read(text) {
      if (text === "") return [];
      const values = text.split(separator).map((part) => item.read(part));
      return values.length > most || values.includes(undefined) ? undefined : values as Value[];
    },
  };
}
