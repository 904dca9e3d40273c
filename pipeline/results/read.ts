import { join } from "node:path";
import type { Experiment } from "../../src/config/schema.ts";
import { type EpochRow, parseHistory } from "../../src/tables/history_csv.ts";
import { type RankedTrial, rankTrials } from "../../src/analysis/ranking.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import { parseTimings, type TimingRow } from "../../src/tables/timings_csv.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import type { Trial } from "../../src/sweep/trial.ts";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { toldIn, UserError } from "../system/errors.ts";
import { cannotRead, isFolder } from "../system/files.ts";
import { readInputText } from "../system/read_input.ts";
import { because, contentReason } from "../system/reasons.ts";
import { absentResults } from "./absent_results.ts";
import { changedTables } from "./changed_tables.ts";
import { type Manifest, manifestExperiment, readManifest, resultsLanguage } from "./manifest.ts";
import { withEpochs } from "../runs/run.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";

export interface TrialResults {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly experiment: Experiment;
  /** With the epochs that it was trained for. */
  readonly trial: Trial;
  readonly ranked: RankedTrial;
  readonly isBest: boolean;
  readonly trials: number;
  readonly history: readonly EpochRow[];
  /** See changedTables(). */
  readonly changed: readonly Texts[];
}

/** `DIR#3` is trial 3 of a results folder, unless there is a folder of that name; `DIR` is its best one. Throws a UserError where there is no such trial or it cannot be read. */
export async function readTrialResults(place: string): Promise<TrialResults> {
  const { folder, number } = readPlace(place);
  const manifest = await readManifest(folder);
  if (manifest === null) {
    const reason = await absentResults(folder, because((t) => t.noManifest));
    throw new UserError(say(({ language, errors }) => errors.cannotReadResults(folder, reason[language])));
  }
  return await toldIn(resultsLanguage(manifest), () => readRanked({ folder, number }, manifest));
}

async function readRanked(
  { folder, number }: ReturnType<typeof readPlace>,
  manifest: Manifest,
): Promise<TrialResults> {
  const experiment = manifestExperiment(manifest, folder);
  const [{ text: results, rows }, { text: curves, rows: history }] = await Promise.all([
    readTable(join(folder, "results.csv"), parseResults),
    readTable(join(folder, "history.csv"), parseHistory),
  ]);
  if (rows.length === 0) {
    throw cannotRead(join(folder, "results.csv"), because((t) => t.noRuns));
  }
  const objective = objectiveOf(experiment);
  const ranking = rankTrials(rows, objective);
  const ranked = number === undefined ? ranking[0] : ranking.find(({ trial }) => trial === Number(number));
  if (ranked === undefined || (number === undefined && ranked.rank === null)) {
    throw new UserError(
      say(({ errors: t }) =>
        number === undefined
          ? t.noBest(folder, objective.metric)
          : t.noTrial({ folder, trial: number, ...trialNumbers(ranking) })
      ),
    );
  }
  const { trial: index, runs } = ranked;
  const trials = expandSweep(experiment);
  if (index >= trials.count) {
    throw new UserError(
      say(({ errors: t }) => t.cannotReadResults(folder, t.reasons.otherTrials(trials.count - 1, index))),
    );
  }
  return {
    name: `${folder}#${index}`,
    folder,
    manifest,
    experiment,
    trial: withEpochs(trials.at(index), runs[0].epochs),
    ranked,
    isBest: ranking[0].rank !== null && ranking[0].trial === index,
    trials: ranking.length,
    history: history.filter(({ trial }) => trial === index),
    changed: changedTables(folder, { manifest, tables: { "results.csv": results, "history.csv": curves } }),
  };
}

const MAX_KNOWN = 12;

/** Which trials there are: somebody may have taken rows out of the table. */
function trialNumbers(ranking: readonly RankedTrial[]) {
  const numbers = ranking.map(({ trial }) => trial).sort((a, b) => a - b);
  const [first] = numbers;
  const last = first + numbers.length - 1;
  const more = numbers.length > MAX_KNOWN ? ", ..." : "";
  return {
    first,
    last: numbers.at(-1) === last ? last : null,
    known: numbers.slice(0, MAX_KNOWN).join(", ") + more,
  };
}

function readPlace(place: string): { folder: string; number?: string | undefined } {
  const [, folder, number] = /^(.+)#(\d+)$/s.exec(place) ?? [];
  return folder === undefined || isFolder(place) ? { folder: place } : { folder, number };
}

/** How long a trial's steps took. It is for people: where it cannot be read, the rest is shown without it. */
export async function readTrialTimings(
  { folder, ranked }: Pick<TrialResults, "folder" | "ranked">,
): Promise<TimingRow[]> {
  try {
    const { rows: timings } = await readTable(join(folder, "timings.csv"), parseTimings);
    return timings.filter(({ trial }) => trial === ranked.trial);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

async function readTable<Row>(
  path: string,
  parse: (text: string) => Row[],
): Promise<{ text: string; rows: Row[] }> {
  const text = await readInputText(path);
  try {
    return { text, rows: parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw cannotRead(path, contentReason(error), { cause: error });
  }
}
