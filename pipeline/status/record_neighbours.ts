import { flatten } from "../../src/text/show_value.ts";
import type { StepIdentity } from "../store/fingerprint.ts";
import type { Store } from "../store/store.ts";
import { listRecordFiles } from "../store/inventory.ts";
import type { StepRecord } from "../store/records.ts";

interface Wanted {
  readonly identity: StepIdentity;
  readonly stage?: number | undefined;
}

interface Candidate {
  readonly key: string;
  readonly stage?: number | undefined;
  readonly modified: number;
  /** Whether it is of what the experiment was before. */
  readonly former: boolean;
  /** The number of its value in each column; 0 for none. */
  readonly cells: readonly number[];
}

/** A record, and whether it is of what the experiment was before. */
interface Neighbour {
  readonly record: StepRecord;
  readonly former: boolean;
}

/**
 * Finds, among the records of a step that the experiment has no use for now, the one that is most like a step that it wants: what was there
 * before somebody changed something, or else what another experiment left. The store is read when the first one is looked for.
 */
export class RecordNeighbours {
  readonly #store: Store;
  readonly #step: string;
  readonly #used: ReadonlySet<string>;
  readonly #isFormer: (identity: StepIdentity, key: string) => boolean;
  readonly #columns = new Map<string, number>();
  readonly #values = new Map<string, number>();
  #candidates: { readonly all: readonly Candidate[]; readonly former: readonly Candidate[] } | null = null;

  /** @param options.used the records that the experiment wants, by recordName() */
  constructor(
    { store, step, used, isFormer }: {
      store: Store;
      step: string;
      used: ReadonlySet<string>;
      isFormer: (identity: StepIdentity, key: string) => boolean;
    },
  ) {
    this.#isFormer = isFormer;
    this.#store = store;
    this.#step = step;
    this.#used = used;
  }

  /** The record of the fewest differing fields, then the latest, what the experiment was before first; null where over half differ in all. */
  nearest(wanted: Wanted): Neighbour | null {
    if (this.#candidates === null) {
      const all = [...this.#read()];
      this.#candidates = { all, former: all.filter(({ former }) => former) };
    }
    const { all, former } = this.#candidates;
    if (all.length === 0) return null;
    const cells = this.#encode(wanted);
    return this.#nearest(cells, former) ?? this.#nearest(cells, all);
  }

  #nearest(cells: readonly number[], candidates: readonly Candidate[]): Neighbour | null {
    let best: Candidate | null = null;
    let fewest = Math.floor(cells.filter((cell) => cell !== 0).length / 2);
    for (const candidate of candidates) {
      const differences = countDifferences(candidate.cells, cells, fewest);
      if (differences > fewest) continue;
      if (best && differences === fewest && candidate.modified <= best.modified) continue;
      [best, fewest] = [candidate, differences];
    }
    const record = best && this.#store.readRecord(this.#step, best.key, best.stage);
    return best && record && { record, former: best.former };
  }

  *#read(): Generator<Candidate> {
    for (const { key, stage, modified } of listRecordFiles(this.#store, this.#step)) {
      if (this.#used.has(recordName(key, stage))) continue;
      const identity = this.#store.readRecord(this.#step, key, stage);
      if (!identity) continue;
      yield {
        key,
        stage,
        modified,
        former: this.#isFormer(identity, key),
        cells: this.#encode({ identity, stage }),
      };
    }
  }

  #encode({ identity: { version, inputs, parameters }, stage }: Wanted): number[] {
    const cells: number[] = [];
    for (const [path, value] of flatten({ version, inputs, parameters, stage: stage ?? null })) {
      const column = number(this.#columns, path) - 1;
      while (cells.length < column) cells.push(0);
      cells[column] = number(this.#values, JSON.stringify(value));
    }
    return cells;
  }
}

/** How RecordNeighbours is told of a record. */
export function recordName(key: string, stage?: number): string {
  return stage === undefined ? key : `${key} ${stage}`;
}

/** How many cells differ; beyond `most`, only that there are more. */
function countDifferences(a: readonly number[], b: readonly number[], most: number): number {
  let count = 0;
  for (let i = Math.max(a.length, b.length) - 1; i >= 0 && count <= most; i--) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) count++;
  }
  return count;
}

/** The number of a text, from 1, in the order in which they turn up. */
function number(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size + 1);
  return numbers.size;
}
