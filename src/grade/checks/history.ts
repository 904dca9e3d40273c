import { missingFile } from "../answers/answers.ts";
import { type HistoryRow, readHistory } from "../answers/read_tables.ts";
import type { ReferenceEpoch } from "../engine.ts";
import type { ComparedRun, GradingContext } from "../grading_context.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { HISTORY } from "../mistakes/history.ts";
import type { Place } from "../mistakes/mistake.ts";
import { graded, notGraded, type Outcome, unanswered, weighted } from "../outcome.ts";
import { defineCheck, rtolSetting } from "./check.ts";
import { judgeHistoryOfClass } from "./history_of_class.ts";
import { isOtherLoss, lossScale } from "./loss_scale.ts";
import { carriedOver, explain } from "./judge_tensors.ts";
import { ofOurTraining } from "./other_training.ts";

/** How far off, on the average, a training of the same settings may be that drew other random numbers than ours. */
const LOOSE = 0.2;
/** Besides, as a loss: near 0 a share of it is less than what the order of the images makes. */
const FLOOR = 0.01;
/** How far off in any epoch a run may be that differs in its seeds alone: of 30 of the course's network the furthest was 4 %. */
const OTHER_SEEDS = 0.06;
/** How far off the last validation loss may be from that of the weights. */
const HONEST = 0.02;
/** By which factor a training loss may differ from the validation loss. */
const SIZE = 2;
/** From one epoch to the next a loss does not change so many times over. */
const JUMP = 100;
/** Where what is wrong makes a network learn otherwise than ours. */
const TRAINING: readonly Place[] = ["initialize", "forward", "backward", "update", "fit", "batches"];
/** Of the points. */
const SHARES = { form: 0.2, train: 0.5, validation: 0.3 };

/** The learning curve: an epoch's training loss is the mean over all its rows, and the validation loss that after the epoch. */
export const history = defineCheck({
  kind: "history",
  about: "The learning curve: an epoch's loss is the mean over all its rows.",
  settings: { rtol: rtolSetting(0.02) },
  run: ({ rtol }, context) =>
    context.program === null
      ? judgeHistoryFile(context, rtol)
      : judgeHistoryOfClass(context.program, context.t),
});

/**
 * history.csv against our own training with the same hyperparameters and seeds. One that follows the course's recipe is nearly equal; one
 * that drew its random numbers otherwise is near. The loss of single batches, which jumps, is neither.
 */
async function judgeHistoryFile(context: GradingContext, rtol: number): Promise<Outcome> {
  const { submission, settings, t } = context;
  const texts = t.checks.history;
  if (submission.history === null) return unanswered(missingFile(submission, "history.csv", t));
  const history = readHistory(submission.history, t.files);
  if (!history.ok) return unanswered({ status: "invalid", message: history.reason });
  const rows = history.value;
  const hasValidation = rows.some(({ val_loss }) => Number.isFinite(val_loss));
  const bad = rows.find(({ epoch, train_loss, val_loss }) =>
    !Number.isFinite(epoch) || !Number.isFinite(train_loss) ||
    settings.validation > 0 && hasValidation && !Number.isFinite(val_loss)
  );
  if (bad !== undefined || rows.length === 0) {
    const found = bad === undefined ? texts.noRows : texts.badRow(bad.epoch, bad.train_loss, bad.val_loss);
    return graded(0, texts.mustBeFinite(found), { place: "history" });
  }
  const incomparable = await context.incomparable();
  if (incomparable !== null) return incomparable;
  const compared = settings.validation > 0 && hasValidation && context.validation().kind !== "unknown";
  const found = await judgeLosses({ rows, context, rtol, compared });
  if ("status" in found) return found;
  const { losses: [train, validation], run } = found;
  const parts: [number, Outcome][] = [[SHARES.form, judgeForm(rows, context)]];
  if (validation !== undefined) parts.push([SHARES.train, train], [SHARES.validation, validation]);
  else if (settings.validation > 0 && !hasValidation) {
    const none = graded(0, texts.noValidation, { hint: texts.noValidationHint });
    parts.push([SHARES.train, train], [SHARES.validation, none]);
  } else parts.push([SHARES.train + SHARES.validation, train]);
  const outcome = weighted(parts, t);
  const notes = [
    ...(settings.validation > 0 && hasValidation && !compared ? [texts.splitUnknown] : []),
    ...(run.epochs.length < settings.epochs ? [t.files.firstEpochs(run.epochs.length, settings.epochs)] : []),
  ];
  const told = {
    ...outcome,
    place: "history",
    reason: [outcome.reason, ...notes].join(t.checks.space),
  } as const;
  return ofOurTraining(told, context);
}

interface Curves {
  readonly rows: readonly HistoryRow[];
  readonly context: GradingContext;
  readonly rtol: number;
  /** Whether the validation losses are compared as well. */
  readonly compared: boolean;
}

/**
 * The losses against a run of ours with the course's seeds, of which one serves all who have the same settings: other random numbers are a
 * few per cent off. Only where that leaves something open is our own run with the manifest's seeds made.
 */
async function judgeLosses(
  curves: Curves,
): Promise<{ losses: readonly Outcome[]; run: ComparedRun } | Outcome> {
  const { context } = curves;
  const course = await context.trace("course");
  if (context.manifest.seedsKnown === false) {
    if (!course.ok) return notGraded(course.fault, context.t);
    const run = context.comparedRun = { epochs: course.value, sameSeeds: false };
    return { losses: await judgeAgainst(run, curves, isNear), run };
  }
  const sameSeeds = context.hasCourseSeeds;
  if (course.ok || sameSeeds) {
    if (!course.ok) return notGraded(course.fault, context.t);
    const run = context.comparedRun = { epochs: course.value, sameSeeds };
    const losses = await judgeAgainst(run, curves);
    if (sameSeeds || losses.every(({ fraction }) => fraction === 1)) return { losses, run };
  }
  const own = await context.trace("own");
  if (!own.ok) return notGraded(own.fault, context.t);
  const run = context.comparedRun = { epochs: own.value, sameSeeds: true };
  return { losses: await judgeAgainst(run, curves), run };
}

/** The training losses, and the validation losses where they are compared. */
async function judgeAgainst(
  { epochs: trace, sameSeeds }: ComparedRun,
  { rows, context, rtol, compared }: Curves,
  near = sameSeeds ? isNear : isAsNearAsOtherSeeds,
): Promise<readonly Outcome[]> {
  const { t } = context;
  const compare = { rtol, t, isNear: near };
  const losses = [judgeTrain(rows, trace, compare)];
  if (compared) losses.push(judgeValidation(rows, trace, compare));
  return await withoutErrorsElsewhere(withLikelyHints(losses, context), { context, rows, trace });
}

/** How a loss is measured is a likely cause only where the other loss shows that the network learned as ours did. */
function withLikelyHints(
  [train, validation]: readonly Outcome[],
  { submission: { notebook }, t: { checks: { history } } }: GradingContext,
): readonly Outcome[] {
  const hinted = (outcome: Outcome, other: Outcome | undefined, hint: string): Outcome =>
    outcome.fraction === 1 || outcome.mistakes.length > 0
      ? outcome
      : { ...outcome, hint: other?.fraction === 1 ? hint : history.settingsHint(notebook !== undefined) };
  const first = hinted(train, validation, history.trainHint);
  return validation === undefined ? [first] : [first, hinted(validation, train, history.validationHint)];
}

/**
 * Losses that are wrong, but only for what cost points before: a training with a mistake in it, which does not learn as ours does, or
 * another loss than the cross-entropy. Then they cost nothing more, as long as they are what that may well have given.
 */
async function withoutErrorsElsewhere(
  outcomes: readonly Outcome[],
  given: { context: GradingContext; rows: readonly HistoryRow[]; trace: readonly ReferenceEpoch[] },
): Promise<readonly Outcome[]> {
  const open = ({ status, mistakes }: Outcome) => status !== "passed" && mistakes.length === 0;
  if (!outcomes.some(open)) return outcomes;
  const { context } = given;
  const mistakes = [...context.charged].filter(({ learns }) => !learns);
  const places = [...context.spoiltPlaces].filter((place) => TRAINING.includes(place));
  const scale = await lossScale(context);
  if (mistakes.length > 0 || places.length > 0) {
    if (!await isPlausible(given, scale)) return outcomes;
    const { t } = context;
    return outcomes.map((outcome) => {
      if (!open(outcome)) return outcome;
      return mistakes.length > 0
        ? carriedOver(mistakes, outcome, t)
        : graded(1, t.checks.history.other, { follows: places, otherwise: outcome });
    });
  }
  if (scale === null) return outcomes;
  return outcomes.map((outcome, i) =>
    open(outcome) ? scaledCurve(outcome, { ...given, training: i === 0, scale }) : outcome
  );
}

/**
 * Whether the last validation loss is that of the weights, and the training loss of its size, or between it and that of the weights on the
 * training rows, as where a network is overfit, or of the size that a softmax which was charged gives; less sharply for another loss. Before that the curve must come from where a training may
 * have begun.
 */
async function isPlausible(
  { context, rows }: { context: GradingContext; rows: readonly HistoryRow[] },
  scale: number | null,
): Promise<boolean> {
  const last = rows[rows.length - 1];
  const evaluated = await context.evaluated();
  if ("status" in evaluated) return false;
  const validation = Number.isFinite(last.val_loss) ? context.validationLoss(evaluated) : null;
  // Without another loss the last validation loss is that of the weights, or nothing is to be compared with it.
  const loss = validation === null ? evaluated.test.loss : scale === null ? last.val_loss : validation;
  const curves = [rows.map((row) => row.train_loss / (scale ?? 1))];
  if (validation !== null) curves.push(rows.map((row) => row.val_loss / (scale ?? 1)));
  const learned = (validation ?? evaluated.test.loss) < Math.log(evaluated.dataset.classes);
  if (!curves.every((curve) => mayBeOfTraining(curve, learned))) return false;
  const within = (found: number, low = loss, high = loss) =>
    found / (scale ?? 1) > low / SIZE && found / (scale ?? 1) < high * SIZE;
  const honest = validation === null ||
    (scale === null
      ? context.isValidationLoss(evaluated, last.val_loss, HONEST) !== null
      : within(last.val_loss));
  if (!honest || within(last.train_loss)) return honest;
  if (context.lossesOfCharged(evaluated).some((other) => within(last.train_loss, other, other))) return true;
  const training = context.trainingLoss(evaluated);
  return training !== null && within(last.train_loss, Math.min(loss, training));
}

/** Whether losses by epoch are positive, jump nowhere, and, where the network knows more than to guess, end no higher than they began. */
function mayBeOfTraining(curve: readonly number[], learned: boolean): boolean {
  const smooth = curve.every((loss, i) => {
    const before = curve[i - 1] ?? loss;
    return loss > 0 && loss <= JUMP * before && loss >= before / JUMP;
  });
  return smooth && (!learned || curve[curve.length - 1] <= SIZE * curve[0]);
}

/** A curve of another loss goes as ours does, but for a factor, of the sign of the own loss of a batch. */
function scaledCurve(
  outcome: Outcome,
  { context, rows, trace, training, scale }: {
    context: GradingContext;
    rows: readonly HistoryRow[];
    trace: readonly ReferenceEpoch[];
    training: boolean;
    scale: number;
  },
): Outcome {
  const { follows: { loss: follows, otherLoss }, history: { training: train, validation } } =
    context.t.checks;
  const found = byEpoch(rows, trace, training ? "train_loss" : "val_loss");
  const curves = training
    ? [trace.map((epoch) => epoch.train_loss), trace.map((epoch) => epoch.train_loss_after)]
    : [trace.map((epoch) => epoch.val_loss ?? NaN)];
  for (const expected of curves) {
    const ratios = expected.map((loss, i) => found[i] / loss).filter(Number.isFinite).sort((a, b) => a - b);
    const ratio = ratios[ratios.length >> 1] ?? NaN;
    if (ratio * scale > 0 && isNear(deviations(found.map((loss) => loss / ratio), expected))) {
      return graded(1, follows(training ? train : validation, ratio), {
        follows: ["loss"],
        otherwise: outcome,
      });
    }
  }
  // Of a loss of which nobody knows what it gives no more is asked than that it goes the way of ours.
  const [first, last] = [found[0], found[found.length - 1]];
  const goesAsOurs = curves.some((expected) =>
    (last - first) * (expected[expected.length - 1] - expected[0]) * scale > 0
  );
  return isOtherLoss(context) && found.every(Number.isFinite) && goesAsOurs
    ? graded(1, otherLoss(training ? train : validation), { follows: ["loss"], otherwise: outcome })
    : outcome;
}

function judgeForm(
  rows: readonly HistoryRow[],
  { settings: { epochs }, submission: { notebook }, t: { checks: { history } } }: GradingContext,
): Outcome {
  const inOrder = rows.every(({ epoch }, i) => epoch === i + 1);
  if (inOrder && rows.length === epochs) return graded(1, history.form(epochs));
  return graded(0, history.formWrong(epochs, rows.length, notebook !== undefined), {
    hint: history.formHint,
  });
}

interface Compare {
  readonly rtol: number;
  readonly t: GradeMessages;
  /** Whether losses that are not those of our run are those of a right one all the same. */
  isNear(deviations: Deviations): boolean;
}

/** Relative deviations over the epochs. */
interface Deviations {
  readonly most: number;
  readonly mean: number;
  /** The mean of what they are of what may be, LOOSE and FLOOR together. */
  readonly share: number;
}

function isNear({ share }: Deviations): boolean {
  return share <= 1;
}

function isAsNearAsOtherSeeds({ most }: Deviations): boolean {
  return most <= OTHER_SEEDS;
}

/** Both conventions are right: each row before its batch's step, and all rows after the epoch. */
function judgeTrain(
  rows: readonly HistoryRow[],
  trace: readonly ReferenceEpoch[],
  { rtol, t, isNear }: Compare,
): Outcome {
  const texts = t.checks.history;
  const losses = byEpoch(rows, trace, "train_loss");
  const before = deviations(losses, trace.map((epoch) => epoch.train_loss));
  if (before.most <= rtol) return graded(1, texts.right(texts.training, before.most));
  const after = deviations(losses, trace.map((epoch) => epoch.train_loss_after));
  if (after.most <= rtol) return graded(1, texts.rightAfter(after.most));
  const last = deviations(losses, trace.map((epoch) => epoch.last_batch_loss));
  const mistakes = last.most <= rtol ? [HISTORY.last_batch_loss] : [];
  const nearer = before.mean <= after.mean ? before : after;
  const { mean } = nearer;
  if (mistakes.length === 0 && isNear(nearer)) return graded(1, texts.near(texts.training, mean));
  return graded(0, [texts.far(texts.training, mean), ...explain(mistakes, t)].join(t.checks.space), {
    hint: mistakes.length === 0 ? null : t.checks.mistakes[mistakes[0].id].hint,
    mistakes,
  });
}

function judgeValidation(
  rows: readonly HistoryRow[],
  trace: readonly ReferenceEpoch[],
  { rtol, t, isNear }: Compare,
): Outcome {
  const texts = t.checks.history;
  const found = deviations(
    byEpoch(rows, trace, "val_loss"),
    trace.map((epoch) => epoch.val_loss ?? NaN),
  );
  const { most, mean } = found;
  if (most <= rtol) return graded(1, texts.right(texts.validation, most));
  if (isNear(found)) return graded(1, texts.near(texts.validation, mean));
  return graded(0, texts.far(texts.validation, mean));
}

/** The losses of the epochs that are compared; NaN for one that there is no row of. */
function byEpoch(
  rows: readonly HistoryRow[],
  compared: readonly ReferenceEpoch[],
  loss: "train_loss" | "val_loss",
): number[] {
  const found = new Map(rows.map((row) => [row.epoch, row[loss]]));
  return compared.map((_, i) => found.get(i + 1) ?? NaN);
}

/** Relative deviations over the epochs; one that is not there is off by all. */
function deviations(found: readonly number[], expected: readonly number[]): Deviations {
  const off = expected.map((value, i) =>
    Number.isFinite(found[i]) ? Math.abs(found[i] - value) : Math.abs(value)
  );
  const relative = expected.map((value, i) => off[i] / Math.abs(value));
  const shares = expected.map((value, i) =>
    // One that is not there gets nothing of what is small.
    off[i] / (LOOSE * Math.abs(value) + (Number.isFinite(found[i]) ? FLOOR : 0))
  );
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  return {
    most: relative.reduce((most, deviation) => Math.max(most, deviation), -Infinity),
    mean: mean(relative),
    share: mean(shares),
  };
}
