import { type Messages, messages } from "./messages/messages.ts";
import { bestRun, type RankedTrial, rankTrials } from "../analysis/ranking.ts";
import type { ReportInput } from "./report_input.ts";
import type { RunRow } from "../tables/results_csv.ts";
import { formatParameter, shortNames, sweptParameters } from "../analysis/trial_parameters.ts";

/** A report's input with what every part of it needs, worked out once. */
export interface ReportModel {
  /** With its rows sorted by trial, then seed. */
  readonly input: ReportInput;
  /** Texts of the report's language. */
  readonly t: Messages;
  /** Every trial, best first. */
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
  /** `trial 3: hidden 400-200, learning rate 0.1` */
  label(trial: number): string;
  /** Whether any trial has more runs than one. */
  readonly seeded: boolean;
}

/**
 * Works out what the parts of a report share.
 * @throws RangeError if there are no rows
 */
export function reportModel(input: ReportInput): ReportModel {
  const { objective } = input;
  const rows = input.rows.toSorted((a, b) => a.trial - b.trial || a.seed - b.seed);
  const ranking = rankTrials(rows, objective);
  if (ranking.length === 0) throw new RangeError("Cannot render a report: rows must be 1 or more, found 0");
  const t = messages(input.language);
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
    return t.parameter[name] ?? name.replaceAll("_", " ");
  };
  const describe = (trial: number) =>
    paths.filter((path) => path in set(trial)).map((path) =>
      `${title(path)} ${formatValue(set(trial)[path], t)}`
    )
      .join(t.comma);
  return {
    input: { ...input, rows },
    t,
    ranking,
    best: bestRun(ranking[0], objective),
    paths,
    set,
    title,
    describe,
    label: (trial) => [t.trial(trial), describe(trial)].filter((part) => part !== "").join(t.colon),
    seeded: ranking.some(({ runs }) => runs.length > 1),
  };
}

/** A swept value as a reader expects it: `400-200` for layer sizes, `none` for no layer. */
export function formatValue(value: unknown, t: Messages): string {
  const text = formatParameter(value);
  return text === "none" ? t.none : text;
}
