import { basename, join } from "node:path";
import { objectiveOf } from "../../src/sweep/objective.ts";
import type { Texts } from "../../src/text/language.ts";
import { datasetOf, type ExperimentState, type ExperimentSummary } from "../../src/view/list/summary.ts";
import { type FolderState, folderState, Pulse } from "../results/folder_state.ts";
import { JOURNAL_FILE, JOURNAL_FORMAT } from "../results/journal.ts";
import { MANIFEST_FILE } from "../results/manifest.ts";
import { hashBytes } from "../store/hash.ts";
import type { UserError } from "../system/errors.ts";
import { cannotRead, isMissing, lstatIfPresent } from "../system/files.ts";
import { because } from "../system/reasons.ts";
import { finishedSummary } from "./finished_summary.ts";
import { JournalTail } from "./journal_tail.ts";
import { problemOf } from "./problem.ts";
import { WatchedSweep } from "./watched_sweep.ts";

const ID_LENGTH = 12;
/** So long the journal of a large sweep may be read on before other work has its turn. */
const READ_MS = 50;

/** How a folder stands in addresses. */
export function folderId(path: string): string {
  return hashBytes(path).slice(0, ID_LENGTH);
}

/** The results that a folder has. */
interface FoundResults {
  readonly version: string;
  /** When they were written. */
  readonly at: number;
  readonly found: Partial<ExperimentSummary>;
  readonly problem: Texts | null;
}

/** A results folder that is looked at again and again: what it is, and what its sweep has told so far. */
export class WatchedFolder {
  readonly path: string;
  /** How it stands in an address. No address names a path: one that is asked for is among those that were found, or nothing. */
  readonly id: string;
  readonly #place: string;
  readonly #pulse = new Pulse();
  readonly #tail: JournalTail;
  #state: FolderState | null = null;
  #sweep: WatchedSweep | null = null;
  /** When the journal last had something new, by this machine's clock. */
  #heard = 0;
  #problem: Texts | null = null;
  #finished: FoundResults | null = null;
  #version = "";

  constructor(path: string, place: string) {
    this.path = path;
    this.id = folderId(path);
    this.#place = place;
    this.#tail = new JournalTail(join(path, JOURNAL_FILE));
  }

  get state(): FolderState | null {
    return this.#state;
  }

  /** What its journal tells; null where it has none, or one that says nothing, or nothing that the results behind it do not say better. */
  get sweep(): WatchedSweep | null {
    return this.showsResults ? null : this.#sweep;
  }

  /** Whether what there is to see are the results of a sweep that has ended, though another may have been killed before its first run. */
  get showsResults(): boolean {
    return this.#state === "finished" || this.#finished !== null;
  }

  /** Seconds of the sweep's own clock, on which the last event came `#heard`. */
  get sweepTime(): number {
    return ((this.#sweep?.latest ?? 0) + Math.max(0, Date.now() - this.#heard)) / 1000;
  }

  /** What the folder showed at the last look: two that found the same give the same. */
  get version(): string {
    return this.#version;
  }

  /** Looks again. Resolves with whether there is more to read at once. */
  async look(now: number = Date.now()): Promise<boolean> {
    try {
      this.#state = await folderState(this.path, { pulse: this.#pulse, now });
      if (this.#state === null || this.#state === "finished") {
        this.#sweep = null;
        this.#problem = null;
        this.#tail.forget();
      }
      const more = this.#state === "running" || this.#state === "interrupted" ? this.#readJournal() : false;
      const leftResults = this.#state === "interrupted" && !more && !this.#sweep?.hasRun &&
        lstatIfPresent(join(this.path, MANIFEST_FILE)) !== null;
      if (this.#state === "finished" || leftResults) await this.#readResults();
      else {
        this.#finished = null;
        this.#version = `${this.#state} ${this.#tail.position}`;
      }
      return more;
    } catch (error) {
      // A sweep that ends removes its journal between two looks; what else goes wrong is shown, beside what was known before.
      if (!isMissing(error)) this.#problem = problemOf(error);
      return false;
    }
  }

  summary(): ExperimentSummary {
    const { id, path } = this;
    const common = {
      id,
      place: this.#place,
      name: basename(path),
      title: null,
      problem: this.#problem,
      dataset: null,
      done: 0,
      all: null,
      diverged: 0,
      failed: 0,
      fraction: null,
      secondsLeft: null,
      best: null,
    };
    if (this.showsResults || this.#state === null) {
      const found = this.#problem === null ? this.#finished?.found : {};
      const state: ExperimentState = this.#problem !== null
        ? "damaged"
        : this.#state === "interrupted"
        ? "interrupted"
        : found?.state ?? "finished";
      return { ...common, at: this.#finished?.at ?? 0, ...found, state };
    }
    const sweep = this.#sweep;
    const state: ExperimentState = this.#state;
    if (sweep === null) return { ...common, state, at: this.#heard };
    const { experiment: { name, title = null, dataset, report }, progress, best } = sweep;
    const left = state === "running" ? progress?.secondsLeft(this.sweepTime) ?? null : null;
    return {
      ...common,
      name,
      title,
      state,
      dataset: datasetOf(dataset),
      done: progress?.done ?? 0,
      all: progress?.plan.legs ?? null,
      fraction: progress?.fraction ?? null,
      secondsLeft: left === null ? null : Math.round(left),
      best: best && { metric: objectiveOf({ report }).metric, ...best },
      at: sweep.latest,
    };
  }

  #readJournal(): boolean {
    const until = Date.now() + READ_MS;
    for (;;) {
      const { fresh, lines, more } = this.#tail.read();
      if (fresh) {
        this.#sweep = null;
        this.#problem = null;
      }
      for (const line of lines) {
        if (line.type === "begin") {
          if (line.format !== JOURNAL_FORMAT) throw otherFormat(this.path, line.format);
          this.#sweep = WatchedSweep.begin(line, this.#sweep);
          this.#problem = null;
        } else this.#sweep?.handle(line);
      }
      if (lines.length > 0) this.#heard = Date.now();
      if (!more || Date.now() > until) return more;
    }
  }

  async #readResults(): Promise<void> {
    const version = resultsVersion(this.path);
    const at = Number(lstatIfPresent(join(this.path, MANIFEST_FILE))?.mtime ?? 0);
    this.#version = `${this.#state} ${version}`;
    if (this.#finished?.version !== version) {
      // Results that cannot be read are not read again until they change.
      this.#finished = {
        version,
        at,
        ...await finishedSummary(this.path).then(
          (found) => ({ found, problem: null }),
          (error) => ({ found: {}, problem: problemOf(error) }),
        ),
      };
    }
    this.#problem = this.#finished.problem;
  }
}

function resultsVersion(folder: string): string {
  return [MANIFEST_FILE, "results.csv"].map((name) => {
    const info = lstatIfPresent(join(folder, name));
    return info === null ? "none" : `${info.ino}:${info.size}:${Number(info.mtime ?? 0)}`;
  }).join(" ");
}

function otherFormat(folder: string, found: unknown): UserError {
  const reason = because((t) => t.otherFormat(JOURNAL_FORMAT, JSON.stringify(found)));
  return cannotRead(join(folder, JOURNAL_FILE), reason);
}
