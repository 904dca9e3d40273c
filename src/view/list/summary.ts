import type { Metric } from "../../tables/metrics.ts";
import type { Texts } from "../../text/language.ts";
import { isMapping } from "../../text/show_value.ts";

/** Where an experiment stands; `failed`: its results are there, and not of every run; `damaged`: what is there cannot be read. */
export const STATES = ["running", "interrupted", "failed", "damaged", "finished"] as const;
export type ExperimentState = (typeof STATES)[number];

/** What the list says of an experiment. */
export interface ExperimentSummary {
  readonly id: string;
  /** Its folder, as whoever started the server would type it. */
  readonly place: string;
  readonly name: string;
  readonly title: string | null;
  readonly state: ExperimentState;
  /** What is wrong with it; null where nothing is. */
  readonly problem: Texts | null;
  /** As datasetOf() gives it. */
  readonly dataset: string | null;
  /** How many trainings have ended, of how many; null before that is known. */
  readonly done: number;
  readonly all: number | null;
  /** How many of those whose results are there did not end well. */
  readonly diverged: number;
  readonly failed: number;
  /** From 0 to 1. */
  readonly fraction: number | null;
  /** At the rate of late; null where it cannot be known. */
  readonly secondsLeft: number | null;
  /** The best trial so far. */
  readonly best: { readonly metric: Metric; readonly value: number; readonly trial: number } | null;
  /** When it was last at work, or ended; in milliseconds since 1970. */
  readonly at: number;
}

/** Data that a config describes, as they have no name. */
const DESCRIBED = ["points", "idx", "csv", "npz", "folder"] as const;
export type DescribedData = (typeof DESCRIBED)[number];

/** What a config's `dataset` is: a name, a word of DESCRIBED, or null where nobody knows. */
export function datasetOf(dataset: unknown): string | null {
  if (typeof dataset === "string") return dataset;
  return DESCRIBED.find((kind) => isMapping(dataset) && kind in dataset) ?? null;
}

/** A message of the list: what has changed, or all that there is. */
export interface ListNews {
  /** Whether nothing else is there. */
  readonly all: boolean;
  readonly changed: readonly ExperimentSummary[];
  /** Ids of those that are gone. */
  readonly gone: readonly string[];
}
