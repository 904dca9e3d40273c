import { labelsOf, type ProgramAnswers } from "../answers/program_answers.ts";
import type { FitAnswer } from "../answers/read_result.ts";
import { type Batch, PROBE_ROWS } from "../batch.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { relativeError, sameShape, tensor, worstError } from "../tensors.ts";
import { graded, type Outcome, unanswered, weighted } from "../outcome.ts";
import type { Place } from "../mistakes/mistake.ts";
import { type Method, RIGHT } from "../reference/method.ts";
import { forward } from "../reference/network.ts";
import type { GradeTensor } from "../student_program.ts";
import { carriedOver, judgeTensors } from "./judge_tensors.ts";

const EPOCHS = 2;
const BATCH_SIZE = PROBE_ROWS.full;
/** Two whole batches and one row more. */
const ROWS = 2 * BATCH_SIZE + 1;
const VALIDATION_ROWS = 13;
const RTOL = 1e-4;
/** Of the points. */
const SHARES = { train: 0.6, validation: 0.4 };

/**
 * The class is trained with steps so small that nothing moves. Then an epoch's loss is known whatever the order of the rows: the mean over
 * all of them. Since one row is left for the last batch, a loss of the last batch alone is that of one of the rows.
 */
export async function judgeHistoryOfClass(program: ProgramAnswers, t: GradeMessages): Promise<Outcome> {
  const batch = program.batch({ rows: ROWS });
  const held: Batch = { ...program.batch({ rows: VALIDATION_ROWS }), parameters: batch.parameters };
  const ask = (batchSize: number) =>
    program.fit({
      batch,
      validation: { X: held.X, y: labelsOf(held.Y) },
      options: { batchSize, epochs: EPOCHS },
    });

  const fit = await ask(BATCH_SIZE);
  if (fit.status !== "ok") return unanswered(fit);
  const ragged = judgeLosses(fit.value, { batch, held, train: raggedEpochs, t });
  if (ragged.every(({ status }) => status === "passed")) return total(ragged, t);

  // In one batch of all rows it is known what a wrong softmax does, which depends on which rows are together, and a step that fails on a
  // single row does no harm: what is right there is wrong for other reasons than the history's.
  const again = await ask(ROWS);
  if (again.status !== "ok") return total(ragged, t);
  const whole = judgeLosses(again.value, { batch, held, train: wholeEpochs, t });
  const finite = [fit.value.trainLoss, fit.value.valLoss].every((losses) =>
    losses?.data.every(Number.isFinite) ?? true
  );
  const [train, validation] = await Promise.all([batch, held].map((rows) => ownLosses(rows, program)));
  const own = [
    { found: again.value.trainLoss, expected: train },
    { found: again.value.valLoss, expected: validation },
  ];
  const both = judgeBoth([fit.value, again.value], { batch, held, t });
  return total(
    both.map((outcome, i) => {
      const { status, otherwise, mistakes } = whole[i];
      if (status === "passed" && !finite && otherwise === null) {
        return graded(1, t.checks.history.inBatches(whole[i].reason, BATCH_SIZE));
      }
      const forwardMistake = otherwise !== null && mistakes.some(({ place }) => place === "forward");
      if (forwardMistake) return carriedOver(mistakes, outcome, t);
      if (status === "passed" || outcome.otherwise !== null || outcome.mistakes.length > 0) return outcome;
      // Wrong in no known way, but perhaps just what the student's own functions give, which other checks charge.
      const { found, expected } = own[i];
      const constant = isThroughout(own[1 - i].found, found?.data[0] ?? NaN);
      const follows = constant ? undefined : expected.find(({ loss }) => isThroughout(found, loss))?.follows;
      if (follows !== undefined) return graded(1, t.checks.follows.ownLoss, { follows, otherwise: outcome });
      if (movedOnItsOwn(again.value, { batch, held })) {
        return graded(1, t.checks.history.other, { follows: MOVING, otherwise: outcome });
      }
      // Arguments that a function changes are those of later epochs too; that is charged where it was seen.
      const changed = program.changed.size > 0 &&
        startsRight(fit.value, i === 0 ? "trainLoss" : "valLoss", { batch, held });
      return changed ? graded(1, t.checks.history.changedArguments) : outcome;
    }),
    t,
  );
}

/** Where an error makes parameters move though the steps are so small. */
const MOVING: readonly Place[] = ["update", "fit", "batches", "backward"];

/** Whether the parameters have moved, and the last validation loss is theirs. */
function movedOnItsOwn(
  { parameters, valLoss }: FitAnswer,
  { batch, held }: { batch: Batch; held: Batch },
): boolean {
  if (parameters === null) return false;
  const error = worstError(parameters, batch.parameters);
  if (error < RTOL || error === Infinity) return false;
  const moved = Object.fromEntries(Object.keys(batch.parameters).map((name) => [name, parameters[name]]));
  const { probabilities } = forward({ X: held.X, parameters: moved }, "tanh");
  const last = valLoss?.data[valLoss.data.length - 1] ?? NaN;
  return Math.abs(last / RIGHT.loss(probabilities, held.Y) - 1) <= RTOL;
}

/** Whether all losses are numbers, and that of the first epoch is right. */
function startsRight(
  fit: FitAnswer,
  name: "trainLoss" | "valLoss",
  { batch, held }: { batch: Batch; held: Batch },
): boolean {
  const found = fit[name];
  if (found === null || !sameShape(found.shape, [EPOCHS]) || !found.data.every(Number.isFinite)) return false;
  const [right] = (name === "trainLoss" ? raggedEpochs(batch, RIGHT, found) : wholeEpochs(held, RIGHT)).data;
  return Math.abs(found.data[0] / right - 1) <= RTOL;
}

function isThroughout(found: GradeTensor | null, loss: number): boolean {
  return found !== null && Number.isFinite(loss) &&
    relativeError(found, tensor([EPOCHS], () => loss)) <= RTOL;
}

/** What the loss of all rows at once is by the student's own functions, and what is wrong where it is that. */
async function ownLosses(
  { X, Y, parameters }: Batch,
  program: ProgramAnswers,
): Promise<{ loss: number; follows: readonly Place[] }[]> {
  const right = forward({ X, parameters }, "tanh").probabilities;
  const found = await program.probabilitiesOf({ X, parameters });
  const own = found !== null && sameShape(found.shape, right.shape) ? found : right;
  return [
    { loss: RIGHT.loss(own, Y), follows: ["forward"] },
    { loss: await program.lossOf(right, Y) ?? NaN, follows: ["loss"] },
    { loss: await program.lossOf(own, Y) ?? NaN, follows: ["forward", "loss"] },
  ];
}

/** Training losses, then validation losses. */
type Judged = readonly [Outcome, Outcome];

function total([train, validation]: readonly Outcome[], t: GradeMessages): Outcome {
  return { ...weighted([[SHARES.train, train], [SHARES.validation, validation]], t), place: "history" };
}

function judgeLosses(
  { trainLoss, valLoss }: FitAnswer,
  { batch, held, train, t }: { batch: Batch; held: Batch; train: typeof raggedEpochs; t: GradeMessages },
): Judged {
  return [
    judge({ trainLoss }, { trainLoss: (method) => train(batch, method, trainLoss) }, "trainLoss", t),
    judge({ valLoss }, { valLoss: (method) => wholeEpochs(held, method) }, "valLoss", t),
  ];
}

/**
 * The losses in small batches, with what explains those of one batch of all rows as well: as it is not known which row is left for the last
 * batch, a number can be that of some row by chance.
 */
function judgeBoth(
  [small, whole]: readonly [FitAnswer, FitAnswer],
  { batch, held, t }: { batch: Batch; held: Batch; t: GradeMessages },
): Judged {
  const { trainLoss, valLoss } = small;
  return [
    judge(
      { trainLoss, whole: whole.trainLoss },
      {
        trainLoss: (method) => raggedEpochs(batch, method, trainLoss),
        whole: (method) => wholeEpochs(batch, method),
      },
      "trainLoss",
      t,
    ),
    judge(
      { valLoss, whole: whole.valLoss },
      {
        valLoss: (method) => wholeEpochs(held, method),
        whole: (method) => wholeEpochs(held, method),
      },
      "valLoss",
      t,
    ),
  ];
}

function judge(
  losses: Readonly<Record<string, GradeTensor | null>>,
  simulate: Readonly<Record<string, (method: Method) => GradeTensor>>,
  only: "trainLoss" | "valLoss",
  t: GradeMessages,
): Outcome {
  const found = Object.entries(losses).flatMap(([name, array]) => array === null ? [] : [[name, array]]);
  return judgeTensors({
    found: Object.fromEntries(found),
    simulate: (method) =>
      Object.fromEntries(Object.entries(simulate).map(([name, make]) => [name, make(method)])),
    only,
    place: "history",
    rtol: RTOL,
    what: only === "trainLoss" ? "losses" : "validationLosses",
    t,
  });
}

/** Each epoch's loss, of the row in the last batch that makes it come nearest to what was found. */
function raggedEpochs(batch: Batch, method: Method, found: GradeTensor | null): GradeTensor {
  const { probabilities } = forward(batch, "tanh", method);
  const Y = method.labels(batch.Y);
  const possible = Array.from({ length: ROWS }, (_, last) => {
    const order = Array.from({ length: ROWS }, (_, i) => i < last ? i : i + 1);
    order[ROWS - 1] = last;
    const batches = [];
    for (let first = 0; first < ROWS; first += BATCH_SIZE) {
      const rows = order.slice(first, first + BATCH_SIZE);
      const loss = method.loss(selected(probabilities, rows), selected(Y, rows));
      batches.push({ loss, rows: rows.length });
    }
    return method.epochLoss(batches);
  });
  return tensor([EPOCHS], (epoch) => {
    const target = found?.data[epoch] ?? NaN;
    const distance = (loss: number) => Math.abs(loss - target);
    return possible.reduce((best, loss) => distance(loss) < distance(best) ? loss : best);
  });
}

function selected({ shape: [, columns], data }: GradeTensor, rows: readonly number[]): GradeTensor {
  return tensor([rows.length, columns], (i) => data[rows[Math.floor(i / columns)] * columns + i % columns]);
}

/** Each epoch's loss, where all rows are one batch. */
function wholeEpochs(batch: Batch, method: Method): GradeTensor {
  const { probabilities } = forward(batch, "tanh", method);
  const loss = method.epochLoss([{
    loss: method.loss(probabilities, method.labels(batch.Y)),
    rows: batch.X.shape[0],
  }]);
  return tensor([EPOCHS], () => loss);
}
