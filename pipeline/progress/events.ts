import type { RowKind } from "../../src/data/catalogue.ts";
import type { AskedMetric, Metric } from "../../src/tables/metrics.ts";
import type { Texts } from "../../src/text/language.ts";
import type { RunStatus } from "../../src/tables/results_csv.ts";

/** Plain data, to cross from a worker and be printed as JSON; fields named as in results.csv and history.csv, times in seconds. */
export type PipelineEvent =
  | PlanEvent
  | DownloadEvent
  | StepEvent
  | MachinesEvent
  | RunStartEvent
  | EpochEvent
  | RunEndEvent
  | RemarkEvent
  | StopEvent
  | FinishEvent;

/** Sent once, before the first run. */
export interface PlanEvent {
  type: "plan";
  name: string;
  trials: number;
  runs: number;
  /** Trainings: as many as runs or, where trials are trained rung by rung, one of a run for each rung that it gets to. */
  legs: number;
  /** How many of `legs` are stored already; each of them also starts and ends, `cached`. */
  cached: number;
  workers: number;
  /** What the trials are ranked by. */
  metric: Metric;
  /** Images left to train: the sum over the runs of the epochs that are not stored x training images. */
  images: number;
  /** The same of the epochs that are stored. */
  images_stored: number;
  /** What these images are; left out, images. */
  rows?: RowKind;
}

/** Of a sweep that many machines train: those that there are. Sent when one comes, goes or falls silent, and now and then. */
export interface MachinesEvent {
  type: "machines";
  machines: {
    name: string;
    /** Indexes of its workers, as other events have them. */
    workers: number[];
    /** Whether nothing was heard of it for several of the moments at which it tells how it is. */
    silent: boolean;
    images_per_second: number;
  }[];
}

/** How far the transfer of one file has got; sent at its start, on the way, and with `bytes` equal to `total` at its end. */
export interface DownloadEvent {
  type: "download";
  /** The file's name, without its folder. */
  file: string;
  /** Bytes here so far, those of an earlier broken transfer included. */
  bytes: number;
  /** Bytes in all, null where the server does not say. */
  total: number | null;
}

/** The steps that are told as steps; training and evaluation are told as runs. */
export type StepName = "download" | "preprocess" | "report";

export interface StepEvent {
  type: "step";
  step: StepName;
  /** `cached`: its artifact was in the store already, nothing was done. */
  status: "started" | "cached" | "done";
  /** How long it took; with status `done`. */
  seconds?: number;
}

export interface RunStartEvent {
  type: "run_start";
  /** Index of the worker that took the run, from 0. Null where none is needed: all of its training is stored already. */
  worker: number | null;
  trial: number;
  seed: number;
  /** The swept values, for a person: `hidden=400-200 learning_rate=0.01`. */
  label: string;
  epochs: number;
  /** Images that the plan had left to train for it. */
  images: number;
}

export interface EpochEvent {
  type: "epoch";
  worker: number;
  trial: number;
  seed: number;
  /** The epoch that has ended, from 1. */
  epoch: number;
  epochs: number;
  images: number;
  train_loss: number;
  /** Null without a validation set. */
  val_loss: number | null;
  val_accuracy: number | null;
  seconds: number;
}

/** After the run's `run_start`. Its metrics are null where it did not get as far; of those to be asked for it has what was measured. */
export interface RunEndEvent
  extends
    Readonly<Record<Exclude<Metric, AskedMetric>, number | null>>,
    Readonly<Partial<Record<AskedMetric, number | null>>> {
  type: "run_end";
  /** Null where no worker took part: the run was stored already. */
  worker: number | null;
  trial: number;
  seed: number;
  /** As in its `run_start`. */
  label: string;
  status: RunStatus;
  /** Whether all of it was stored already. */
  cached: boolean;
  seconds: number;
  /** Why it diverged or failed. */
  reason?: string | undefined;
  /** The reason in Japanese. As of all events, what is in Japanese is for people alone, and no part of the JSON. */
  ja?: string | undefined;
}

/** `note`: worth knowing, needs no action; `warning`: the user should look at it; the sweep goes on. */
export interface RemarkEvent {
  type: "note" | "warning";
  message: string;
  ja?: string | undefined;
}

/** Sent once, at the end of a sweep that was interrupted. */
export interface StopEvent {
  type: "stop";
  /** What goes on from here, as the user typed it. */
  command: string;
}

/** Sent once, at the end of a sweep that was not interrupted. */
export interface FinishEvent {
  type: "finish";
  /** The results folder, and the report to look at, as the user would type them. */
  out: string;
  report: string;
  seconds: number;
  /** Lines for a person, such as the best trial and its metric. */
  summary: string[];
  ja?: string[];
  /** Runs that ended ok and are no better than always guessing the largest class. */
  learned_nothing: number;
}

/** A remark in every language. */
export function remark(type: RemarkEvent["type"], { en, ja }: Texts): RemarkEvent {
  return { type, message: en, ja };
}

/** Shows events to whoever watches. It is told everything in order and never fails the sweep. */
export interface ProgressReporter {
  handle(event: PipelineEvent): void;
  /** Leaves the terminal as it was found; called once on every way out, also after an error and on Ctrl-C. */
  close(): void;
}
