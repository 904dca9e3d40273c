import type { Points } from "../data/points/points.ts";
import { messages } from "./messages/messages.ts";
import type { ValueRange } from "../settings/setting.ts";
import { DATASETS, type RowKind } from "../data/catalogue.ts";
import type { NamedDataset } from "../data/named_dataset.ts";
import { ofRows } from "./messages/row_kind.ts";
import { withoutControls } from "../text/controls.ts";
import { shortNumber } from "../text/numbers.ts";
import type { Language } from "../text/language.ts";
import type { Messages } from "./messages/en.ts";
import type { CalibrationBin } from "../metrics/calibration.ts";
import { guessing } from "../metrics/guessing.ts";
import { idleRuns } from "../analysis/idle_runs.ts";
import { bestRun, type Objective, type RankedTrial, rankTrials } from "../analysis/ranking.ts";
import {
  formatParameter,
  shortNames,
  sweptParameters,
  type TrialParameters,
} from "../analysis/trial_parameters.ts";
import { settingLabel, type Settings } from "../settings/settings.ts";
import type { Diagnostics } from "../tables/diagnostics_csv.ts";
import type { EpochRow } from "../tables/history_csv.ts";
import type { Inspection } from "../numpy/inspection_npz.ts";
import type { Plane } from "../numpy/plane_npz.ts";
import type { JudgedRows } from "../numpy/rows_npz.ts";
import type { Predictions } from "../tables/predictions_csv.ts";
import { runName, type RunRow } from "../tables/results_csv.ts";

/** How many images a data set has for training and for the test, of how many pixels and classes. */
export interface ImageCounts {
  readonly train: number;
  readonly test: number;
  readonly features: number;
  readonly classes: number;
  /** What the classes are called where they are not just numbered. */
  readonly class_names?: readonly string[] | undefined;
  /** What the inputs of a row are called. */
  readonly input_names?: readonly string[] | undefined;
}

/** What a report is made of; all of it lies in the results folder. What is left out has no section. */
export interface ReportInput {
  readonly name: string;
  /** What stands above the report, one line. Default: the name. */
  readonly title?: string | undefined;
  /** What the experiment is about; each line is a paragraph. */
  readonly description?: string | undefined;
  readonly language: Language;
  readonly objective: Objective;
  /** The rows of `results.csv`, one or more. */
  readonly rows: readonly RunRow[];
  readonly history: readonly EpochRow[];
  /** By runName(), the runs of a sweep that somebody looks on at: those that are `running`, and those that go on to the next rung. */
  readonly underWay?: ReadonlySet<string> | undefined;
  /** What the sweep set in each trial. Default: the columns in which the rows differ. */
  readonly trials?: readonly TrialParameters[] | undefined;
  /** Between which values the sweep drew those settings that it drew, by path. */
  readonly ranges?: Readonly<Record<string, ValueRange>> | undefined;
  /** Of the best run: bestRun() of the first trial of rankTrials(). Labels and predictions are 0 to classes - 1. */
  readonly predictions?: (Predictions & { readonly classes: number }) | undefined;
  /** C x C counts, rows = true, by runName(); of as many runs as examinedRuns() names, or fewer. All have the same classes. */
  readonly matrices: ReadonlyMap<string, Uint32Array>;
  /** By runName(); of as many runs as inspectedRuns() names, or fewer. */
  readonly inspections: ReadonlyMap<string, Inspection>;
  /** The same of runs whose rows are points in a plane. Left out: of none. */
  readonly planes?: ReadonlyMap<string, Plane> | undefined;
  /** The same of runs whose rows are numbers that nobody can draw. Left out: of none. */
  readonly judgedRows?: ReadonlyMap<string, JudgedRows> | undefined;
  /** By runName(); of as many runs as examinedRuns() names, or fewer. */
  readonly diagnostics: ReadonlyMap<string, Diagnostics>;
  /** The bins of the reliability diagram, by runName(), where calibration was measured. Left out: of none. */
  readonly calibrations?: ReadonlyMap<string, readonly CalibrationBin[]> | undefined;
  /** How many images validate, of the trial with the fewest. */
  readonly validationImages?: number | undefined;
  /** How many images each trial trains on, by trial; none where only the data say it. */
  readonly trainingImages?: Readonly<Record<string, number>> | undefined;
  /** The data set's name where it is one that is known by name. */
  readonly dataset?: string | undefined;
  /** What is known of the points where the rows are points in a plane; left out, they are images. */
  readonly points?: Points | undefined;
  /** What the rows are, where somebody knows: who does not looks at what there is. */
  readonly kind?: RowKind | undefined;
  /** Of the whole data set; left out, those of a data set that is known by name. */
  readonly images?: ImageCounts | undefined;
  /** Of the first trial by rank. */
  readonly preprocess?: Settings["preprocess"] | undefined;
  readonly command?: string | undefined;
  /** The resolved config, YAML. */
  readonly config?: string | undefined;
  /** SHA-256 of the data's files, by name. */
  readonly data: Readonly<Record<string, string>>;
  /** What else it takes to get the same results, by name: `{ Deno: "2.9.6" }`. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A report's input with what every part of it needs, worked out once. */
export interface ReportModel {
  /** With its rows sorted by trial, then seed. */
  readonly input: ReportInput;
  readonly t: Messages;
  readonly ranking: readonly RankedTrial[];
  /** The best trial's best run; undefined where no run ended ok. */
  readonly best: RunRow | undefined;
  /** Paths of what differs between trials, in the order of the sweep. */
  readonly paths: readonly string[];
  /** What the sweep set in a trial, by path. */
  set(trial: number): Readonly<Record<string, unknown>>;
  /** A path as people call it: `learning rate`. */
  title(path: string): string;
  /** `hidden 400-200, learning rate 0.1`; empty where nothing was swept. */
  describe(trial: number): string;
  /** `trial 3: hidden 400-200, learning rate 0.1`; of a report of one trial `this run` */
  label(trial: number): string;
  /** `trial 3, seed 1`; of a report of one trial `seed 1` or `this run` */
  runLabel(run: { readonly trial: number; readonly seed: number }): string;
  /** What one trial alone is called, `this run` or `these 3 runs`; null where there are several. */
  readonly single: string | null;
  readonly seeded: boolean;
}

/** Works out what the parts of a report share. @throws RangeError if there are no rows */
export function reportModel(input: ReportInput): ReportModel {
  const { objective } = input;
  const order = (a: RunRow, b: RunRow) => a.trial - b.trial || a.seed - b.seed;
  const isSorted = input.rows.every((row, i, rows) => i === 0 || order(rows[i - 1], row) < 0);
  // Those of a file are sorted: the same list has its ranking.
  const rows = isSorted ? input.rows : input.rows.toSorted(order);
  const ranking = rankTrials(rows, objective);
  if (ranking.length === 0) throw new RangeError("Cannot render a report: rows must be 1 or more, found 0");
  const t = messages(input.language, rowKind(input));
  const trials = input.trials ?? sweptParameters(rows);
  const sets = new Map(trials.map(({ trial, parameters }) => [trial, parameters]));
  const all = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))];
  // What is the same in every trial tells none from another.
  const differs = (path: string) =>
    new Set(trials.map(({ parameters }) => JSON.stringify(parameters[path]))).size > 1;
  const paths = trials.length > 1 ? all.filter(differs) : all;
  const names = shortNames(all);
  const set = (trial: number) => sets.get(trial) ?? {};
  const title = (path: string) => {
    const name = names.get(path) ?? path;
    return labelOf({ t, input }, name) ?? name.replaceAll("_", " ");
  };
  const describe = (trial: number) =>
    paths.filter((path) => path in set(trial))
      .map((path) => `${title(path)} ${shownValue(set(trial)[path], t)}`)
      .join(t.comma);
  // Of a sweep that is under way one trial may have begun, and more are to come.
  const single = Math.max(ranking.length, trials.length) > 1
    ? null
    : rows.length === 1
    ? t.thisRun
    : t.theseRuns(rows.length);
  return {
    // What is read when it is first asked for stays unread.
    input: isSorted ? input : { ...input, rows },
    t,
    ranking,
    best: bestRun(ranking[0], objective),
    paths,
    set,
    title,
    describe,
    label: (trial) => single ?? [t.trial(trial), describe(trial)].filter((part) => part !== "").join(t.colon),
    runLabel: ({ trial, seed }) =>
      single === null ? t.run(trial, seed) : rows.length === 1 ? t.thisRun : t.seedRun(seed),
    single,
    seeded: ranking.some(({ runs }) => runs.length > 1),
  };
}

/** What the rows of a report's data set are. */
export function rowKind(
  { points, planes, kind, judgedRows }: Pick<ReportInput, "points" | "planes" | "kind" | "judgedRows">,
): RowKind {
  if (kind !== undefined) return kind;
  if (points !== undefined) return "points";
  if (judgedRows !== undefined && judgedRows.size > 0) return "rows";
  return planes !== undefined && planes.size > 0 ? "points" : "images";
}

/** The data set, where it is one that is known by name. */
export function namedDataset(
  { input: { dataset = "" } }: Pick<ReportModel, "input">,
): NamedDataset | undefined {
  const known: Readonly<Record<string, NamedDataset>> = DATASETS;
  return Object.hasOwn(known, dataset) ? known[dataset] : undefined;
}

/** How many images there are to train on and to validate with; undefined where nobody knows. */
export function trainingCount(model: Pick<ReportModel, "input">): number | undefined {
  return model.input.images?.train ?? namedDataset(model)?.counts.train;
}

/** How many classes there are; undefined where nobody knows. */
export function classCount(model: Pick<ReportModel, "input">): number | undefined {
  const { images, predictions } = model.input;
  return images?.classes ?? namedDataset(model)?.classes ?? predictions?.classes;
}

/** Whether the test points are those that were trained on and validated with, as no others were given. */
export function testsOnTraining({ input: { points } }: Pick<ReportModel, "input">): boolean {
  return points?.shape === "own" && points.test_points === undefined;
}

/** What the classes are called, as many as asked for: by their data set, otherwise by their numbers. */
export function classNames({ t, input }: Pick<ReportModel, "t" | "input">, count: number): readonly string[] {
  const { images } = input;
  const names = namedDataset({ input })?.classNames?.[t.language] ??
    images?.class_names?.map((name) => withoutControls(name)) ?? [];
  return Array.from({ length: count }, (_, label) => names[label] ?? String(label));
}

/** What a report calls a setting: settingLabel(), said of its rows. */
export function labelOf({ t, input }: Pick<ReportModel, "t" | "input">, name: string): string | undefined {
  const label = settingLabel(name, t.language);
  return label && ofRows(label, { kind: rowKind(input), language: t.language });
}

/** What several parts of a report need, in whatever words, is worked out for the first that asks. */
export function oncePerInput<Value>(
  work: (model: Omit<ReportModel, "t">) => Value,
): (model: Omit<ReportModel, "t">) => Value {
  const known = new WeakMap<ReportInput, { readonly value: Value }>();
  return (model) => {
    const found = known.get(model.input) ?? { value: work(model) };
    known.set(model.input, found);
    return found.value;
  };
}

/** As oncePerInput(), of what is worked out in words. */
export function oncePerWords<Value>(work: (model: ReportModel) => Value): (model: ReportModel) => Value {
  const known = oncePerInput(() => new WeakMap<Messages, { readonly value: Value }>());
  return (model) => {
    const found = known(model).get(model.t) ?? { value: work(model) };
    known(model).set(model.t, found);
    return found.value;
  };
}

/** How many runs of each trial are under way; of a trial of which none is, there is no entry. */
export function runsUnderWay({ input: { rows, underWay } }: Pick<ReportModel, "input">): Map<number, number> {
  const counts = new Map<number, number>();
  if (underWay === undefined || underWay.size === 0) return counts;
  for (const row of rows) {
    if (underWay.has(runName(row))) counts.set(row.trial, (counts.get(row.trial) ?? 0) + 1);
  }
  return counts;
}

/** The runs that learned nothing, as far as the labels of the test images are known. */
export const idleRunsOf = oncePerInput(({ input: { rows, predictions } }): readonly RunRow[] =>
  idleRuns(rows, predictions && guessing(predictions.labels))
);

/** What the config says of the experiment, a text a paragraph. */
export function paragraphs({ input: { description = "" } }: ReportModel): string[] {
  return description.split(/\r?\n/).map((line) => withoutControls(line).trim()).filter((line) => line !== "");
}

/** formatValue(), with four digits of a number that was drawn: two such may then look alike. */
export function shownValue(value: unknown, t: Messages): string {
  return formatValue(typeof value === "number" ? shortNumber(value) : value, t);
}

/** A swept value as a reader expects it: `400-200` for layer sizes, `none` for no layer. */
export function formatValue(value: unknown, t: Messages): string {
  const text = formatParameter(value);
  return text === "none" ? t.none : text;
}

export function sentences({ t }: ReportModel, parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(t.space);
}
