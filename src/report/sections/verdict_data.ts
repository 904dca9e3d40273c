import { pairCount } from "../../metrics/intervals.ts";
import { concludeReport } from "./conclusion_data.ts";
import { guessing } from "../../metrics/guessing.ts";
import {
  convergence,
  type EpochMeans,
  epochMeans,
  hasTrainingFallen,
  overfitting,
  RULES,
  trainingFall,
} from "../../analysis/verdicts.ts";
import { keepsBest } from "../../settings/early_stopping.ts";
import { formatLoss, formatPercent } from "../../text/numbers.ts";
import { oncePerInput, oncePerWords, type ReportModel } from "../report_model.ts";
import { idleRuns } from "../../analysis/idle_runs.ts";

/** A judgement on the best trial: what it comes to in a few words, and on what grounds. */
export interface Verdict {
  readonly about: "learned" | "converged" | "overfitting";
  /** bad is for what a reader should mend, open for what nobody can tell. */
  readonly mark: "good" | "fair" | "bad" | "open";
  readonly claim: string;
  readonly grounds: string;
}

/** Whether the best trial learned, converged and overfitted; none where there is no best trial. */
export const verdicts = oncePerWords((model): readonly Verdict[] => {
  if (model.best === undefined) return [];
  const curve = bestCurve(model);
  const learning = learningOf(model);
  const idle = learning !== null && learning.idle === learning.runs;
  return [
    learnedVerdict(model, learning),
    convergedVerdict(model, curve, idle),
    overfittingVerdict(model, curve, idle),
  ];
});

const bestCurve = oncePerInput(({ ranking: [best], input: { history } }) => epochMeans(history, best.runs));

/** The last epoch that all of the best trial's runs have, where early stopping let some go on; null where they end alike. */
function sharedEnd({ ranking: [{ runs }] }: ReportModel, curve: readonly EpochMeans[]): number | null {
  const last = curve.at(-1)?.epoch ?? 0;
  const ended = runs.filter(({ status }) => status === "ok");
  return ended.some(({ epochs, stopped_epoch }) => (stopped_epoch ?? epochs) > last) ? last : null;
}

/** The best trial's runs that ended ok, and how many of them learned nothing. */
interface Learning {
  readonly runs: number;
  readonly idle: number;
  /** Of the first of them, and of always guessing the largest class. */
  readonly right: string;
  readonly guessed: string;
}

/** Null where nobody knows the labels of the test images. */
function learningOf(model: ReportModel): Learning | null {
  const { ranking: [{ runs }], input: { predictions } } = model;
  const guessed = predictions && guessing(predictions.labels);
  const ended = runs.filter(({ status, test_accuracy }) => status === "ok" && test_accuracy !== null);
  if (guessed === undefined || ended.length === 0) return null;
  return {
    runs: ended.length,
    idle: idleRuns(ended, guessed).length,
    right: formatPercent(ended[0].test_accuracy),
    guessed: formatPercent(guessed.right / guessed.images),
  };
}

function learnedVerdict(
  { t: { verdicts: { learned: t } }, input: { underWay } }: ReportModel,
  learning: Learning | null,
): Verdict {
  const about = "learned";
  if (learning === null) {
    // A sweep writes what was predicted when it has ended.
    const grounds = underWay === undefined ? t.unknownText : t.notYetText;
    return { about, mark: "open", claim: t.unknown, grounds };
  }
  const { runs, idle, right, guessed } = learning;
  if (idle === 0) {
    const grounds = runs === 1 ? t.yesText(right, guessed) : t.allText(runs, guessed);
    return { about, mark: "good", claim: t.yes, grounds };
  }
  if (idle < runs) return { about, mark: "bad", claim: t.some, grounds: t.someText(idle, runs, guessed) };
  const grounds = runs === 1 ? t.noText(right, guessed) : t.noneText(runs, guessed);
  return { about, mark: "bad", claim: t.no, grounds };
}

function convergedVerdict(model: ReportModel, curve: readonly EpochMeans[], idle: boolean): Verdict {
  const { verdicts: { converged: t, metric: names } } = model.t;
  const found = convergence(curve);
  const about = "converged";
  if (found.kind === "few") {
    return { about, mark: "open", claim: t.few, grounds: t.fewText(found.epochs, RULES.minEpochs) };
  }
  const metric = names[found.metric] + meansOf(model);
  const stopped = model.ranking[0].runs.some(({ stopped_epoch }) => stopped_epoch !== null);
  const last = curve[curve.length - 1].epoch;
  const end = sharedEnd(model, curve);
  const judged = (grounds: string) => end === null ? grounds : [grounds, t.shared(end)].join(model.t.space);
  if (found.kind === "turned") {
    const { lowest, rise } = found;
    const grounds = judged(t.turnedText(metric, lowest, share(rise), last));
    return { about, mark: "bad", claim: t.turned, grounds };
  }
  const flat = percent(RULES.flat);
  if (found.kind === "slow") {
    const grounds = judged(t.slowText(metric, found.since, last, flat, share(found.part)));
    return { about, mark: "bad", claim: t.slow, grounds };
  }
  const change = share(found.change);
  switch (found.kind) {
    case "falling":
      return {
        about,
        mark: "bad",
        claim: t.falling,
        grounds: judged((stopped ? t.fallingStoppedText : t.fallingText)(metric, change, found.since, last)),
      };
    case "rising":
      return {
        about,
        mark: "bad",
        claim: t.rising,
        grounds: judged(t.risingText(metric, change, found.since, last)),
      };
    case "unsettled":
      return {
        about,
        mark: "bad",
        claim: t.unsettled,
        grounds: judged(t.unsettledText(metric, found.since, last)),
      };
    case "stray":
      return {
        about,
        mark: "bad",
        claim: t.unsettled,
        grounds: judged(t.strayText(metric, found.since, last, flat)),
      };
    case "flat":
    case "still":
      if (idle) {
        return { about, mark: "bad", claim: t.plateau, grounds: judged(t.plateauText(metric, found.since)) };
      }
      return found.kind === "still"
        ? {
          about,
          mark: "open",
          claim: t.few,
          grounds: judged(t.stillText(metric, percent(RULES.fall), found.metric === "val_loss")),
        }
        : { about, mark: "good", claim: t.flat, grounds: judged(t.flatText(metric, found.since, flat)) };
  }
}

function overfittingVerdict(model: ReportModel, curve: readonly EpochMeans[], idle: boolean): Verdict {
  const { t: { space, verdicts: { overfitting: t } } } = model;
  const found = overfitting(curve);
  const about = "overfitting";
  if (found.kind === "unvalidated") {
    return { about, mark: "open", claim: t.unvalidated, grounds: t.unvalidatedText };
  }
  const { kind, lowest, last } = found;
  if (idle && !hasTrainingFallen(curve)) return { about, mark: "open", claim: t.few, grounds: t.nothing };
  const end = sharedEnd(model, curve);
  const gap = gapSentence(model, curve, end);
  if (kind === "few") {
    const grounds = [t.fewText(curve.length, RULES.minEpochs), gap].join(space);
    return { about, mark: "open", claim: t.few, grounds };
  }
  const rise = share(found.rise);
  const losses = [formatLoss(lowest.val_loss), formatLoss(last.val_loss)] as const;
  if (kind === "none") {
    const { rise: most, wobbles, lastEpochs } = RULES;
    const why = found.lacks === "rise"
      ? t.lacksRise(percent(most))
      : found.lacks === "wobbles"
      ? t.lacksWobbles(wobbles)
      : t.lacksEpochs(lastEpochs);
    const lowestText = lowest === last ? t.lowestLastText(end) : t.lowestText(lowest.epoch, rise, end) + why;
    const grounds = [lowestText, gap].join(space);
    const wide = (last.val_loss ?? 0) >= RULES.wideGap * last.train_loss;
    if (wide) return { about, mark: "fair", claim: t.wide, grounds };
    return found.lacks === "rise"
      ? { about, mark: "good", claim: t.none, grounds }
      : { about, mark: "fair", claim: t.notYet, grounds };
  }
  if (kind === "unstable") {
    const grounds = [t.unstableText(lowest.epoch, rise, ...losses), gap].join(space);
    return { about, mark: "bad", claim: t.unstable, grounds };
  }
  const accuracy = lowest.val_accuracy === null || last.val_accuracy === null
    ? []
    : [t.accuracy(formatPercent(lowest.val_accuracy), formatPercent(last.val_accuracy))];
  const grounds = [t.overfittingText(lowest.epoch, rise, ...losses), ...accuracy, gap].join(space);
  return { about, mark: "bad", claim: t.overfitting, grounds };
}

/** What is said of numbers that are means. */
function meansOf({ t, ranking: [{ ok }] }: ReportModel): string {
  return ok > 1 ? t.verdicts.means(ok) : "";
}

function gapSentence(model: ReportModel, curve: readonly EpochMeans[], end: number | null): string {
  const { space, verdicts: { overfitting: t } } = model.t;
  const last = curve[curve.length - 1];
  if (last.val_loss === null) return "";
  const gap = last.val_loss - last.train_loss;
  const text = t.gap(
    formatLoss(last.val_loss),
    formatLoss(last.train_loss),
    formatLoss(gap).replace("-", "−"),
    meansOf(model),
    end,
  );
  if (gap >= 0) return text;
  if (isNoisy(model)) return [text, t.belowNoise].join(space);
  const fall = trainingFall(curve);
  // A mean over the epoch lies above its end by less than what an epoch takes off.
  return fall === null ? text : [text, -gap <= fall ? t.below : t.belowOther].join(space);
}

/** Whether the best run was trained with dropout or noise on its inputs. */
function isNoisy({ best }: ReportModel): boolean {
  return (best?.noise_seed ?? null) !== null;
}

/** One of the rules' shares. */
function percent(rule: number): string {
  return `${100 * rule}%`;
}

/** A change without its sign, in percent: whole from 10 on. */
function share(change: number): string {
  const percent = Math.abs(100 * change);
  return `${percent.toFixed(percent < 9.95 ? 1 : 0)}%`;
}

/** What holds of all rules. */
export function rulesIntroduction({ t, single, best }: ReportModel): string {
  const chosen = keepsBest(best?.early_stopping) ? t.rules.chosenKept : t.rules.chosen;
  return [t.rules.intro, ...single === null ? [chosen] : []].join(t.space);
}

/** The rules that verdicts() goes by, written out. */
export function ruleTexts(model: ReportModel): { readonly term: string; readonly text: string }[] {
  const { t, t: { rules } } = model;
  const { ranked: compared } = concludeReport(model);
  const { minEpochs, minWindow, maxWindow, flat, ongoing, rise, fall, lastEpochs, wobbles, wideGap } = RULES;
  return [
    { term: rules.learned, text: rules.learnedText },
    {
      term: rules.converged,
      text: rules.convergedText({
        epochs: minEpochs,
        least: minWindow,
        most: maxWindow,
        flat: percent(flat),
        ongoing: percent(ongoing),
        fall: percent(fall),
        rise: percent(rise),
      }),
    },
    {
      term: rules.overfitting,
      text: [
        rules.overfittingText({
          last: lastEpochs,
          rise: percent(rise),
          wobbles,
          epochs: minEpochs,
          wide: wideGap,
          fall: percent(fall),
        }),
        rules.gapText,
        ...isNoisy(model) ? [rules.noiseText] : [],
      ].join(t.space),
    },
    ...compared < 2 || !model.seeded
      ? []
      : [{ term: rules.compared, text: rules.comparedText(compared, pairCount(compared)) }],
  ];
}
