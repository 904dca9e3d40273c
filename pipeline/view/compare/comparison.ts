import { compareTrials } from "../../../src/analysis/comparison.ts";
import { datasetFacts } from "../../../src/data/catalogue.ts";
import { rankTrials } from "../../../src/analysis/ranking.ts";
import { messages } from "../../../src/report/messages/messages.ts";
import { comparedTimings, COMPARISON_STYLES } from "../../../src/report/page/compare/comparison_page.tsx";
import { objectiveOf } from "../../../src/sweep/objective.ts";
import { METRIC } from "../../../src/tables/metrics.ts";
import type { TimingRow } from "../../../src/tables/timings_csv.ts";
import type { Language } from "../../../src/text/language.ts";
import { CompareTop, comparisonViewParts } from "../../../src/view/compare/compare_parts.tsx";
import { compareViewWords } from "../../../src/view/compare/words.ts";
import { countTrained, describeTrial } from "../../report/comparison_page.ts";
import { toCompared } from "../../results/compare.ts";
import type { TrialResults } from "../../results/read.ts";
import { shellCommand } from "../../results/recorded_command.ts";
import { withEpochs } from "../../runs/run.ts";
import type { Experiments } from "../experiments.ts";
import type { Followed, FollowedDrawing } from "../followed_pages.ts";
import { folderRuns } from "../run/folder_runs.ts";
import { problemOf } from "../problem.ts";
import type { WatchedFolder } from "../watched_folder.ts";

/** More could not be told apart. */
export const MAX_COMPARED = 12;

/** An experiment, by its id, or a trial of one. */
export interface Member {
  readonly id: string;
  /** Null is the best. */
  readonly trial: number | null;
}

/** How a member stands in an address: `5f2c0a9d1b7e` or `5f2c0a9d1b7e.3`. */
const MEMBER = /^([0-9a-f]{12})(?:\.(0|[1-9]\d{0,5}))?$/;

/** The members that an address names, each once; null where a text is none. */
export function readMembers(texts: readonly string[]): Member[] | null {
  const members: Member[] = [];
  for (const text of new Set(texts)) {
    const [, id, trial] = MEMBER.exec(text) ?? [];
    if (id === undefined) return null;
    members.push({ id, trial: trial === undefined ? null : Number(trial) });
  }
  return members;
}

function writeMember({ id, trial }: Member): string {
  return trial === null ? id : `${id}.${trial}`;
}

/** The page of a comparison, which follows the folders of all its members. */
export function followedComparison(
  named: readonly Member[],
  { experiments, language }: { experiments: Experiments; language: Language },
): Followed {
  const members = named.slice(0, MAX_COMPARED);
  const names = members.map(writeMember).join();
  return {
    key: `compare ${names} ${named.length} ${language}`,
    language,
    path: `/compare/${names}/stream`,
    ids: [...new Set(members.map(({ id }) => id))],
    version: () => members.map(({ id }) => experiments.get(id)?.version ?? "gone").join("; "),
    draw: () => drawComparison(members, { experiments, language, cut: named.length > members.length }),
  };
}

interface Found extends Omit<TrialResults, "manifest" | "folder" | "changed"> {
  readonly folder: WatchedFolder;
  /** Null of a sweep that has not ended. */
  readonly manifest: TrialResults["manifest"] | null;
  /** How long the trial's steps took. */
  readonly timings: readonly TimingRow[];
  /** Of the sweep. */
  readonly ended: number;
  readonly all: number;
}

async function drawComparison(
  members: readonly Member[],
  { experiments, language, cut }: { experiments: Experiments; language: Language; cut: boolean },
): Promise<FollowedDrawing> {
  const said = compareViewWords(language);
  const remarks: string[] = cut ? [said.tooMany(MAX_COMPARED)] : [];
  const found: Found[] = [];
  for (const member of members) {
    const folder = experiments.get(member.id);
    const trial = folder === undefined
      ? said.gone(member.id)
      : await findTrial(folder, member.trial, language);
    if (typeof trial === "string") remarks.push(trial);
    else found.push(trial);
  }
  const underWay = found.filter(({ manifest }) => manifest === null);
  if (underWay.some(({ folder }) => folder.state === "running")) remarks.push(said.anySoFar);
  if (underWay.some(({ folder }) => folder.state !== "running")) remarks.push(said.anyInterrupted);
  if (underWay.length > 0) remarks.push(said.dataByName);
  const input = found.length < 2 ? null : {
    language,
    // Of a sweep that has not ended nobody knows the hashes of its data, and so of none.
    comparison: compareTrials(
      found.map(({ manifest, ...trial }) =>
        toCompared({ ...trial, manifest: { data: underWay.length > 0 ? {} : manifest?.data ?? {} } })
      ),
    ),
    choices: found.map(({ experiment, isBest, trials }) => ({
      bestOf: isBest ? trials : 1,
      objective: objectiveOf(experiment),
    })),
    about: found.map(({ manifest, ended, all, ...trial }) => [
      ...describeTrial(trial, messages(language)),
      ...manifest === null ? [said.soFar(ended, all)] : [],
    ]),
    runs: found.map(({ ranked }) => ranked.runs),
    history: found.map(({ history }) => history),
    kinds: found.map(({ experiment }) => datasetFacts(experiment.dataset).kind),
    trainingImages: found.map(countTrained),
    timings: found.map(({ timings }) => timings),
    how: underWay.length > 0 ? null : {
      said: said.file,
      command: shellCommand(["compare", ...found.map(({ name }) => name), "--html", "compare.html"]),
    },
  };
  const links = new Map(found.map(({ folder, experiment: { title, name } }) => [
    `/e/${folder.id}/?lang=${language}`,
    title ?? name,
  ]));
  return {
    parts: comparisonViewParts({ language, input, remarks }),
    top: CompareTop({
      language,
      members: members.map(writeMember),
      links: Array.from(links, ([href, text]) => ({ href, text })),
    }),
    styles: COMPARISON_STYLES,
    timings: input === null ? [] : comparedTimings(input),
  };
}

/** A trial with what is known of it now; a sentence why it is left out, where it is. */
async function findTrial(
  folder: WatchedFolder,
  number: number | null,
  language: Language,
): Promise<Found | string> {
  const said = compareViewWords(language);
  const { place } = folder.summary();
  try {
    const runs = await folderRuns(folder);
    if (runs === null || runs.rows.length === 0) return said.nothing(place);
    const { experiment, trials, rows, history, timings, manifest } = runs;
    const objective = objectiveOf(experiment);
    const ranking = rankTrials(rows, objective);
    const [best] = ranking;
    const ranked = number === null ? best : ranking.find(({ trial }) => trial === number);
    if (ranked === undefined || ranked.trial >= trials.count) {
      return said.noTrial(place, number ?? ranked?.trial ?? 0);
    }
    if (number === null && best.rank === null && trials.count > 1) {
      return said.noBest(place, METRIC[objective.metric].label[language]);
    }
    return {
      folder,
      name: `${place}#${ranked.trial}`,
      experiment,
      trial: withEpochs(trials.at(ranked.trial), ranked.runs[0].epochs),
      ranked,
      isBest: best.rank !== null && best.trial === ranked.trial,
      trials: ranking.length,
      history: history.filter(({ trial }) => trial === ranked.trial),
      timings: timings.filter(({ trial }) => trial === ranked.trial),
      manifest,
      ended: rows.filter(({ status }) => status !== "running").length,
      all: trials.count * experiment.seeds.length,
    };
  } catch (error) {
    return said.unreadable(place, problemOf(error)[language]);
  }
}
