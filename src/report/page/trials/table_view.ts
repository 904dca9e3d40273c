// Which rows of the table of trials are shown, in which order.

import { MISSING } from "../../../text/numbers.ts";
import type { Messages } from "../../messages/en.ts";
import { parameterText, type TrialColumn } from "../../sections/trial_cells.ts";
import { MARKS, type TrialTable } from "../../sections/trial_table.ts";

/** By a column's values; null: by rank. */
export type Order = { readonly column: string; readonly descending: boolean } | null;

/** Something to choose rows by. */
export type TrialFilter =
  | {
    readonly kind: "choice";
    readonly id: string;
    readonly title: string;
    /** With how many rows each has. */
    readonly options: readonly { readonly text: string; readonly count: number }[];
    /** The options that a row has. */
    of(row: number): readonly number[];
  }
  | {
    readonly kind: "range";
    readonly id: string;
    readonly title: string;
    readonly low: number;
    readonly high: number;
    of(row: number): number | null;
  };

/** What is chosen: options, any of which a row must have, or ends of a range. Left out, a filter lets all through. */
export interface Chosen {
  readonly options?: readonly number[];
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}
export type Choices = Readonly<Record<string, Chosen>>;

/** More values than these are no list to choose from. */
export const MAX_LISTED = 12;

/** A filter for each setting that was swept, and for how trials ended; none of what all trials have alike. */
export function trialFilters(
  { trials, parameters, marks }: TrialTable,
  { t, byTrial }: { t: Messages; byTrial: boolean },
): TrialFilter[] {
  const filters: TrialFilter[] = [];
  if (byTrial) {
    const [low, high] = extent(trials);
    filters.push({
      kind: "range",
      id: "trial",
      title: t.table.trial,
      low,
      high,
      of: (row) => trials[row],
    });
  }
  for (const [i, { title, values, cells }] of parameters.entries()) {
    const id = `parameter-${i}`;
    const numbers = values.filter((value) => typeof value === "number");
    if (numbers.length > MAX_LISTED && numbers.length === values.length) {
      const [low, high] = extent(numbers);
      filters.push({ kind: "range", id, title, low, high, of: (row) => numbers[cells[row]] ?? null });
      continue;
    }
    const counts = Array.from<number>({ length: values.length + 1 }).fill(0);
    for (const cell of cells) counts[cell < 0 ? values.length : cell]++;
    filters.push({
      kind: "choice",
      id,
      title,
      options: [...values.map(parameterText), MISSING].map((text, i) => ({ text, count: counts[i] })),
      of: (row) => [cells[row] < 0 ? values.length : cells[row]],
    });
  }
  const kinds = trials.map((_, row) => {
    const found = (marks[row] ?? []).map(([kind]) => MARKS.indexOf(kind) + 1);
    return found.length === 0 ? [0] : found;
  });
  const texts = [t.table.fine, ...MARKS.map((kind) => t.table.kinds[kind])];
  const counts = texts.map(() => 0);
  for (const kind of kinds.flat()) counts[kind]++;
  filters.push({
    kind: "choice",
    id: "status",
    title: t.table.status,
    options: texts.map((text, i) => ({ text, count: counts[i] })),
    of: (row) => kinds[row],
  });
  return filters.filter((filter) =>
    filter.kind === "range" || filter.options.filter(({ count }) => count > 0).length > 1
  );
}

function extent(values: readonly number[]): [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
    Infinity,
    -Infinity,
  ]);
}

/** What was chosen of a table's filters, of those that the table has later: the same values of the same settings. */
export function carriedChoices(
  choices: Choices,
  before: readonly TrialFilter[],
  after: readonly TrialFilter[],
): Choices {
  const carried = after.flatMap((filter): [string, Chosen][] => {
    const chosen = choices[filter.id];
    const former = before.find(({ id, kind, title }) =>
      id === filter.id && kind === filter.kind && title === filter.title
    );
    if (chosen === undefined || former === undefined) return [];
    if (filter.kind === "range" || former.kind === "range") return [[filter.id, chosen]];
    const texts = (chosen.options ?? []).map((option) => former.options[option].text);
    const options = filter.options.flatMap(({ text }, i) => texts.includes(text) ? [i] : []);
    return [[filter.id, { ...chosen, options }]];
  });
  return Object.fromEntries(carried);
}

/** How many filters hold rows back. */
export function activeFilters(choices: Choices): number {
  return Object.values(choices).filter(({ options = [], from, to }) =>
    options.length > 0 || from !== undefined || to !== undefined
  ).length;
}

/** The rows that pass all filters, in order; of equal ones, the better rank first. */
export function shownRows(
  count: number,
  { filters, choices, columns, order }: {
    filters: readonly TrialFilter[];
    choices: Choices;
    columns: readonly TrialColumn[];
    order: Order;
  },
): number[] {
  const rows = Array.from({ length: count }, (_, row) => row)
    .filter((row) => filters.every((filter) => passes(filter, choices[filter.id], row)));
  const column = columns.find(({ id }) => id === order?.column);
  if (order === null || column === undefined) return rows;
  const keys = new Map(rows.map((row) => [row, column.key(row)]));
  const sign = order.descending ? -1 : 1;
  return rows.sort((a, b) => {
    const [left, right] = [keys.get(a) ?? null, keys.get(b) ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || a - b;
    return sign * (left - right) || a - b;
  });
}

function passes(filter: TrialFilter, chosen: Chosen | undefined, row: number): boolean {
  if (chosen === undefined) return true;
  const { options = [], from, to } = chosen;
  if (filter.kind === "choice") {
    return options.length === 0 || filter.of(row).some((option) => options.includes(option));
  }
  if (from === undefined && to === undefined) return true;
  const value = filter.of(row);
  return value !== null && value >= (from ?? -Infinity) && value <= (to ?? Infinity);
}

/** A column's three states, one after the other: the direction that is asked for first, the other, by rank again. */
export function nextOrder({ id, descending }: TrialColumn, order: Order): Order {
  if (order?.column !== id) return { column: id, descending };
  return order.descending === descending ? { column: id, descending: !descending } : null;
}
