import { missingFile } from "../answers/answers.ts";
import { type HistoryRow, readHistory } from "../answers/read_tables.ts";
import type { ReferenceEpoch } from "../engine.ts";
import type { GradingContext } from "../grading_context.ts";
import { HISTORY } from "../mistakes/history.ts";
import { graded, notGraded, type Outcome, unanswered, weighted } from "../outcome.ts";
import { counted, showNumber } from "../show_number.ts";
import { defineCheck, rtolSetting } from "./check.ts";
import { judgeHistoryOfClass } from "./history_of_class.ts";
import { carriedOver, explain } from "./judge_tensors.ts";

/** How far off, on the average, a training of the same settings may be that drew other random numbers than ours. */
const LOOSE = 0.2;
/** How far off the last validation loss may be from that of the weights. */
const HONEST = 0.02;
/** By which factor a training loss may differ from the validation loss. */
const SIZE = 2;
/** Of the points. */
const SHARES = { form: 0.2, train: 0.5, validation: 0.3 };

/** The learning curve: an epoch's training loss is the mean over all its rows, and the validation loss that after the epoch. */
export const history = defineCheck({
  kind: "history",
  about: "The learning curve: an epoch's loss is the mean over all its rows.",
  settings: { rtol: rtolSetting(0.02) },
  run: ({ rtol }, context) =>
    context.program === null ? judgeHistoryFile(context, rtol) : judgeHistoryOfClass(context.program),
});

/**
 * history.csv against our own training with the same hyperparameters and seeds. One that follows the course's recipe is nearly equal; one
 * that drew its random numbers otherwise is near. The loss of single batches, which jumps, is neither.
 */
async function judgeHistoryFile(context: GradingContext, rtol: number): Promise<Outcome> {
  const { submission, settings } = context;
  if (submission.history === null) return unanswered(missingFile(submission, "history.csv"));
  const history = readHistory(submission.history);
  if (!history.ok) return unanswered({ status: "invalid", message: history.reason });
  const rows = history.value;
  const bad = rows.find(({ epoch, train_loss, val_loss }) =>
    !Number.isFinite(epoch) || !Number.isFinite(train_loss) ||
    settings.validation > 0 && !Number.isFinite(val_loss)
  );
  if (bad !== undefined || rows.length === 0) {
    const found = bad === undefined
      ? "no rows"
      : `epoch ${showNumber(bad.epoch)} with ${showNumber(bad.train_loss)} and ${showNumber(bad.val_loss)}`;
    return graded(0, `history.csv must have finite losses for each epoch, found ${found}.`);
  }
  const incomparable = await context.incomparable();
  if (incomparable !== null) return incomparable;
  const trace = await context.trace();
  if (!trace.ok) return notGraded(trace.reason);
  const losses = [judgeTrain(rows, trace.value, rtol)];
  if (settings.validation > 0) losses.push(judgeValidation(rows, trace.value, rtol));
  const [train, validation] = losses.every(({ status }) => status === "passed")
    ? losses
    : await withoutOtherMistakes(losses, { context, last: rows[rows.length - 1] });
  const outcome = weighted([
    [SHARES.form, judgeForm(rows, settings.epochs)],
    [validation === undefined ? SHARES.train + SHARES.validation : SHARES.train, train],
    ...(validation === undefined ? [] : [[SHARES.validation, validation] as const]),
  ]);
  if (trace.value.length >= settings.epochs) return outcome;
  return {
    ...outcome,
    reason: `${outcome.reason} ${context.t.files.firstEpochs(trace.value.length, settings.epochs)}`,
  };
}

/**
 * A network that was trained with a mistake does not learn as ours does. Where one was recognised and cost points before, losses that differ
 * cost nothing more, as long as they are what such a training may well have given: the last validation loss is that of the weights, and the
 * training loss is of its size.
 */
async function withoutOtherMistakes(
  outcomes: readonly Outcome[],
  { context, last }: { context: GradingContext; last: HistoryRow },
): Promise<readonly Outcome[]> {
  const { charged } = context;
  const mistakes = [...charged].filter(({ place }) => place !== "history");
  const evaluated = await context.evaluated();
  if (mistakes.length === 0 || "status" in evaluated) return outcomes;
  const validation = context.validationLoss(evaluated);
  const loss = validation ?? evaluated.test.loss;
  const honest = validation === null || Math.abs(last.val_loss - loss) <= HONEST * loss;
  const plausible = last.train_loss > loss / SIZE && last.train_loss < loss * SIZE;
  if (!honest || !plausible) return outcomes;
  return outcomes.map((outcome) =>
    outcome.status === "passed" || outcome.mistakes.length > 0 ? outcome : carriedOver(mistakes, outcome)
  );
}

function judgeForm(rows: readonly HistoryRow[], epochs: number): Outcome {
  const inOrder = rows.every(({ epoch }, i) => epoch === i + 1);
  if (inOrder && rows.length === epochs) return graded(1, `history.csv has its ${counted(epochs, "epoch")}.`);
  return graded(
    0,
    `history.csv must have the epochs 1 to ${epochs} of the manifest, found ${counted(rows.length, "row")}.`,
    {
      hint: "Write one row an epoch, numbered from 1.",
    },
  );
}

function judgeTrain(rows: readonly HistoryRow[], trace: readonly ReferenceEpoch[], rtol: number): Outcome {
  const losses = byEpoch(rows, trace, "train_loss");
  const right = deviations(losses, trace.map((epoch) => epoch.train_loss));
  if (right.most <= rtol) {
    return graded(1, `The training losses are those of our run, to ${showNumber(100 * right.most)} %.`);
  }
  const last = deviations(losses, trace.map((epoch) => epoch.last_batch_loss));
  const mistakes = last.most <= rtol ? [HISTORY.last_batch_loss] : [];
  if (mistakes.length === 0 && right.mean <= LOOSE) return graded(1, near("training", right.mean));
  return graded(0, [far("training", right.mean), ...explain(mistakes)].join(" "), {
    hint: mistakes[0]?.hint ??
      "An epoch's training loss is the mean over all its rows, each taken before its batch's step.",
    mistakes,
  });
}

function judgeValidation(
  rows: readonly HistoryRow[],
  trace: readonly ReferenceEpoch[],
  rtol: number,
): Outcome {
  const { most, mean } = deviations(
    byEpoch(rows, trace, "val_loss"),
    trace.map((epoch) => epoch.val_loss ?? NaN),
  );
  if (most <= rtol) {
    return graded(1, `The validation losses are those of our run, to ${showNumber(100 * most)} %.`);
  }
  if (mean <= LOOSE) return graded(1, near("validation", mean));
  return graded(0, far("validation", mean), {
    hint: "Measure the validation loss after each epoch, on all validation rows.",
  });
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
function deviations(found: readonly number[], expected: readonly number[]): { most: number; mean: number } {
  const relative = expected.map((value, i) =>
    Number.isFinite(found[i]) ? Math.abs(found[i] - value) / Math.abs(value) : 1
  );
  const mean = relative.reduce((sum, deviation) => sum + deviation, 0) / relative.length;
  return { most: Math.max(...relative), mean };
}

function near(which: string, mean: number): string {
  return `The ${which} losses are near those of our run with the same settings, ${
    showNumber(100 * mean)
  } % off on the average.`;
}

function far(which: string, mean: number): string {
  return `The ${which} losses are ${
    showNumber(100 * mean)
  } % off those of our run with the same settings, on the average.`;
}
