import { differing } from "../answers/differing.ts";
import { missingFile } from "../answers/answers.ts";
import type { ProgramAnswers } from "../answers/program_answers.ts";
import { type MisclassifiedRow, readMisclassified, readPredictions } from "../answers/read_tables.ts";
import { RandomState } from "../../random/random_state.ts";
import { FEW, type GradingContext } from "../grading_context.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { graded, notGraded, type Outcome, unanswered } from "../outcome.ts";
import { defineCheck } from "./check.ts";

/** How many images the function is asked of, each time others: what they are nobody can know beforehand. */
const ASKED = [12, 15];
/** One in so many of them is misclassified. */
const RARE = 3;

/** Fewer right than this look like chance. */
const LEAST = 0.5;

/** Of a list's labels so many must be those of its images, or it is a list of other images. */
const FITTING = 0.9;

export const misclassified = defineCheck({
  kind: "misclassified",
  about: "The wrongly classified images are found, all and no others.",
  settings: {},
  run: (_, context) =>
    context.program === null ? judgeFile(context) : judgeFunction(context.program, context),
});

/** Images that a list may be of. */
interface Images {
  readonly labels: ArrayLike<number>;
  readonly predictions: ArrayLike<number>;
  /** The image that an index of the file stands for; undefined for none. */
  placeOf(index: number): number | undefined;
  /** How the list was understood; null for test images by their index from 0, and the predictions handed in. */
  readonly note: string | null;
}

async function judgeFunction(
  program: ProgramAnswers,
  { rubric: { programs: { seed } }, t }: GradingContext,
): Promise<Outcome> {
  const random = new RandomState(seed);
  const outcomes: Outcome[] = [];
  for (const count of ASKED) {
    const labels = Array.from({ length: count }, () => random.interval(9));
    const places = [...random.permutation(count)].slice(0, count / RARE);
    const predictions = labels.map((label, i) =>
      places.includes(i) ? (label + 1 + random.interval(8)) % 10 : label
    );
    const answer = await program.misclassified({ predictions, labels });
    if (answer.status !== "ok") return unanswered(answer);
    const expected = places.toSorted((a, b) => a - b);
    outcomes.push(judgeIndices(answer.value, { expected, t }));
  }
  return outcomes.reduce((worst, other) => other.fraction < worst.fraction ? other : worst);
}

async function judgeFile(context: GradingContext): Promise<Outcome> {
  const { submission, t: { files: t } } = context;
  if (submission.misclassified === null) {
    return unanswered(missingFile(submission, "misclassified.csv", context.t));
  }
  const read = readMisclassified(submission.misclassified, t);
  if (!read.ok) return unanswered({ status: "invalid", message: read.reason });
  const rows = read.value;
  const dataset = await context.dataset();
  if (!dataset.ok) return notGraded(dataset.fault, context.t);
  const { testLabels } = dataset.value;
  const candidates = await candidatesOf(context, testLabels.length);
  if ("status" in candidates) return candidates;
  const imagesOf = ({ predictions, note }: Candidate): Images => (
    { labels: testLabels, predictions, placeOf: (index) => index, note }
  );
  const test = imagesOf(candidates[0]);
  const fits = fitting(rows, test);
  if (fits >= LEAST || rows.length === 0) {
    const [first, ...further] = candidates.map((candidate) => ({
      outcome: judgeRows(rows, imagesOf(candidate), context.t),
      follows: candidate.follows,
    }));
    const best = further.reduce(
      (best, other) => other.outcome.fraction > best.outcome.fraction ? other : best,
      first,
    );
    return best.follows.length === 0
      ? best.outcome
      : { ...best.outcome, follows: best.follows, otherwise: first.outcome };
  }
  const others = [{ ...test, placeOf: (index: number) => index - 1, note: t.misclassifiedFromOne }];
  const all = [...others, ...await validationLists(context)];
  const meant = all.filter((images) => fitting(rows, images) >= FITTING);
  // Two lists that both fit would be a guess.
  if (meant.length === 1) return judgeRows(rows, meant[0], context.t);
  const { index, label } = rows.find((row) => row.label !== testLabels[row.index]) ?? rows[0];
  return graded(
    0,
    t.misclassifiedOthers({ index, label, right: testLabels[index] ?? null, count: testLabels.length }),
    {
      hint: t.misclassifiedOthersHint,
    },
  );
}

/** The images that were set aside, counted from 0 as they were drawn, or by their numbers among all training images. */
async function validationLists(context: GradingContext): Promise<Images[]> {
  const { t: { files: t } } = context;
  const images = context.validation();
  const evaluated = await context.evaluated();
  if (images.kind === "none" || images.kind === "unknown" || "status" in evaluated) return [];
  const validated = evaluated.dataset.validate(evaluated.network, images);
  if (validated === null) return [];
  const { rows, labels, predictions } = validated;
  const places = new Map(Array.from(rows, (row, place) => [row, place]));
  return [
    { labels, predictions, placeOf: (index) => index, note: t.misclassifiedOfValidation },
    { labels, predictions, placeOf: (index) => places.get(index), note: t.misclassifiedOfTraining },
  ];
}

/** The share of the rows whose labels are those of their images. */
function fitting(rows: readonly MisclassifiedRow[], { labels, placeOf }: Images): number {
  return rows.filter(({ index, label }) => labels[placeOf(index) ?? -1] === label).length / rows.length;
}

function judgeRows(
  rows: readonly MisclassifiedRow[],
  { labels, predictions, placeOf, note }: Images,
  t: GradeMessages,
): Outcome {
  const expected = Array.from(labels, (label, i) => predictions[i] === label ? -1 : i).filter((i) => i >= 0);
  const wanted = new Set(expected);
  const named = rows.map((row) => ({ ...row, place: placeOf(row.index) ?? -1 }));
  // A row whose classes are wrong does not name the image's mistake.
  const right = named.filter(({ place, predicted, label }) =>
    !wanted.has(place) || predicted === predictions[place] && label === labels[place]
  );
  const wrong = named.length - right.length;
  const outcome = judgeIndices(right.map(({ place }) => place), { expected, wrong, t });
  const remarks = [...(wrong > 0 ? [t.files.wrongRows(wrong)] : []), ...(note === null ? [] : [note])];
  return { ...outcome, reason: [outcome.reason, ...remarks].join(t.checks.space) };
}

/**
 * What a list may be of: predictions that were handed in, and those of the weights. Where the two differ in a few images, either is the
 * student's own network, and a list of the one is as right as a list of the other. Where they differ in more, that is charged where they are
 * compared, and not again for the list.
 */
async function candidatesOf(
  context: GradingContext,
  count: number,
): Promise<[Candidate, ...Candidate[]] | Outcome> {
  const evaluated = await context.evaluated();
  const handedIn = handedInOf(context, count);
  const alone = (predictions: ArrayLike<number>): Candidate => ({ predictions, note: null, follows: [] });
  if ("status" in evaluated) return handedIn === null ? evaluated : [alone(handedIn)];
  const { test } = evaluated;
  const different = differences(handedIn, test);
  if (handedIn === null || different === 0) return [alone(test.predictions)];
  const t = context.t.files;
  const ofWeights = { ...alone(test.predictions), note: t.misclassifiedOfWeights(different) };
  if (different <= FEW) return [alone(handedIn), ofWeights];
  return [ofWeights, {
    predictions: handedIn,
    note: t.misclassifiedOfPredictions(different),
    follows: ["saved"],
  }];
}

interface Candidate {
  readonly predictions: ArrayLike<number>;
  /** How the list was understood. */
  readonly note: string | null;
  readonly follows: Outcome["follows"];
}

/** Those of predictions.csv, if they are as many as there are images. */
function handedInOf({ submission, t }: GradingContext, count: number): readonly number[] | null {
  const handedIn = readPredictions(submission.predictions, t.files);
  return handedIn.ok && handedIn.value.length === count ? handedIn.value : null;
}

function differences(
  handedIn: readonly number[] | null,
  { predictions }: { readonly predictions: ArrayLike<number> },
): number {
  return handedIn === null ? Infinity : differing(handedIn, predictions);
}

/** The predictions handed in, if they are those of the weights to a few images; those of the weights, if there are none or they are not. */
export async function predictionsOf(
  context: GradingContext,
  count: number,
): Promise<ArrayLike<number> | Outcome> {
  const usable = handedInOf(context, count);
  const evaluated = await context.evaluated();
  if ("status" in evaluated) return usable ?? evaluated;
  return usable !== null && differences(usable, evaluated.test) <= FEW ? usable : evaluated.test.predictions;
}

/** Points by the share of right indices among all that are expected or found. */
function judgeIndices(
  found: readonly number[],
  { expected, wrong = 0, t }: {
    expected: readonly number[];
    /** Rows besides, which name an expected image with a wrong class. */
    wrong?: number;
    t: GradeMessages;
  },
): Outcome {
  const wanted = new Set(expected);
  const right = [...new Set(found)].filter((index) => wanted.has(index)).length;
  const besides = found.length - right;
  const all = expected.length + besides + wrong;
  if (right === all) return graded(1, t.files.misclassifiedAll(expected.length));
  const reason = t.files.misclassifiedFound(right, expected.length, besides);
  const share = right / all;
  return graded(share >= LEAST ? share : 0, reason, { hint: t.files.misclassifiedHint });
}
