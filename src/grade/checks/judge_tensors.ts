import { type GradientsAnswer, updates } from "../answers/answers.ts";
import { relativeError, sameShape, showShape, type Tensors } from "../tensors.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { diagnose, methodOf } from "../mistakes/diagnose.ts";
import type { Mistake, Place } from "../mistakes/mistake.ts";
import { graded, type Outcome } from "../outcome.ts";
import { type Method, RIGHT } from "../reference/method.ts";
import { step } from "../reference/network.ts";
import type { GradeTensor } from "../student_program.ts";
import { fractionOf, ratioOf } from "./constant_ratio.ts";

/** Below it differences are not told: they are of another order of summation, and may change with the version of Deno. */
const ROUNDING = 1e-9;
/** How many faults are listed. */
const LISTED = 4;

/** Numbers that a student got earlier, and what follows from them: what is the same as that is not wrong again. */
export interface Earlier {
  /** The part of the work that they are of, where they are counted. */
  readonly place: Place;
  /** Whether an array is what follows from them. */
  agrees(name: string, found: GradeTensor): boolean;
  /** What is said where these arrays, all of those that are wrong, follow from them. */
  readonly reason: string | ((names: readonly string[]) => string);
  /** What is said where only some follow, of those; left out where they are what the numbers lead to. */
  readonly partly?: (names: string) => string;
}

interface Judged {
  /** The part of the work that is judged. */
  readonly place: Place;
  readonly rtol: number;
  /** What the arrays are. */
  readonly what: keyof GradeMessages["checks"]["arrays"];
  readonly t: GradeMessages;
  /** Those that may explain what is wrong, the likeliest first. */
  readonly earlier?: readonly Earlier[];
}

/**
 * Judges what a student's function gave against what ours gives: points by the share of arrays that are right, and, where some are not,
 * the mistake that explains them. What belongs to another part of the work costs nothing here, so that nobody pays twice: a mistake of
 * that part, or numbers that follow from the student's own earlier ones.
 */
export function judgeTensors(
  { found, simulate, only, place, rtol, what, t, earlier = [], sizes = [] }: Judged & {
    readonly found: Tensors;
    readonly simulate: (method: Method) => Tensors;
    /** The array that counts, where the others only help to find what was done. */
    readonly only?: string;
    /** Rows and units: what a constant factor may be made of. */
    readonly sizes?: readonly number[];
  },
): Outcome {
  const explanation = diagnose(found, simulate, rtol);
  const { mistakes, variants, error } = explanation;
  const expected = simulate(RIGHT);
  const names = only === undefined ? Object.keys(expected) : [only];
  const { all, one } = t.checks.arrays[what];
  if (mistakes?.length === 0) {
    const allowed = t.checks.allowed(describeError(error, t), rtol);
    return graded(1, t.checks.allAgree(names.length, all, allowed), { place });
  }
  const wrong = names.filter((name) => errorOf(name, found, expected) > rtol);
  /** So many points and this reason, where of those that are wrong only these arrays are charged. */
  const outcome = (faulty: readonly string[], details: Parameters<typeof graded>[2], more: string[]) => {
    const right = names.length - wrong.length;
    const faults = faulty.slice(0, LISTED).map((name) =>
      describeFault(name, { found, expected, rtol, known: mistakes !== null, one, sizes, t })
    );
    const reason = t.checks.someAgree(right, names.length, all, faults, faulty.length - faults.length);
    return graded(1 - faulty.length / names.length, [reason, ...more].join(t.checks.space), {
      place,
      ...details,
    });
  };
  const details = { hint: hintOf(mistakes, t), mistakes: mistakes ?? [] };
  const lost = outcome(wrong, details, explain(mistakes, t));
  const following = { found, wrong, lost, outcome, one, t };
  if (mistakes === null) return follow({ ...following, earlier });
  // What an update shows may have been wrong before, in the gradients.
  if (mistakes.some((mistake) => mistake.place === "update")) {
    const own = follow({ ...following, earlier: earlier.filter((numbers) => numbers.place === "backward") });
    if (own.fraction === 1) return own;
  }
  if (!mistakes.some((mistake) => mistake.place === place)) {
    return { ...carriedOver(mistakes, lost, t), place };
  }
  // Of two mistakes one may be counted elsewhere: arrays that it alone makes wrong cost nothing here.
  const elsewhere = variants.filter((_, i) => mistakes[i].place !== place);
  if (elsewhere.length === 0) return lost;
  const withoutOwn = simulate(methodOf(elsewhere));
  const here = wrong.filter((name) => errorOf(name, found, withoutOwn) > rtol);
  if (here.length === 0 || here.length === wrong.length) return lost;
  const own = mistakes.filter((mistake) => mistake.place === place);
  const others = mistakes.filter((mistake) => mistake.place !== place);
  return outcome(here, { hint: hintOf(own, t), mistakes: [...own, ...others], otherwise: lost }, [
    ...explain(mistakes, t),
    t.checks.elsewhere(t.checks.and(wrong.filter((name) => !here.includes(name)).map(one))),
  ]);
}

/** Numbers that no mistake explains, but perhaps the student's own earlier ones. */
function follow(
  { found, wrong, earlier, lost, outcome, one, t }: {
    found: Tensors;
    wrong: readonly string[];
    earlier: readonly Earlier[];
    lost: Outcome;
    outcome: (faulty: readonly string[], details: Partial<Outcome>, more: string[]) => Outcome;
    one: (name: string) => string;
    t: GradeMessages;
  },
): Outcome {
  let best: { numbers: Earlier; rest: readonly string[] } | null = null;
  for (const numbers of earlier) {
    const { place, agrees, reason } = numbers;
    const rest = wrong.filter((name) => !Object.hasOwn(found, name) || !agrees(name, found[name]));
    if (rest.length === 0) {
      const text = typeof reason === "string" ? reason : reason(wrong);
      return graded(1, text, { place: lost.place, follows: [place], otherwise: lost });
    }
    if (rest.length < (best?.rest ?? wrong).length) best = { numbers, rest };
  }
  if (best === null) return lost;
  const { numbers: { place, partly = t.checks.follows.partly }, rest } = best;
  const others = wrong.filter((name) => !rest.includes(name));
  return outcome(rest, { follows: [place], otherwise: lost }, [
    partly(t.checks.and(others.map(one))),
  ]);
}

/** Judges how far parameters moved in one step, as judgeTensors(). */
export function judgeUpdates(asked: GradientsAnswer, judged: Judged): Outcome {
  const { found, batch, learningRate } = asked;
  const simulate = (method: Method) => updates(batch.parameters, step(batch, asked, method), learningRate);
  return judgeTensors({ found, simulate, sizes: sizesOf(asked), ...judged });
}

/**
 * What the student's own numbers are, array by array. They must be an attempt at ours: from zeros, or numbers that have nothing to do with
 * the question, everything could be said to follow.
 */
export function sameAs(own: Tensors, ours: Tensors, rtol: number): Earlier["agrees"] {
  const attempted = resembles(own, ours);
  return (name, found) => attempted && Object.hasOwn(own, name) && relativeError(found, own[name]) <= rtol;
}

/** The least cosine of the angle between numbers and what they should be. Of hundreds drawn at random it is 0.1 once in a thousand times. */
const ATTEMPT = 0.1;

/** Whether numbers, taken together, are at least an attempt at these: in their direction, or against it. */
export function resembles(own: Tensors, ours: Tensors): boolean {
  let [product, square, count] = [0, 0, 0];
  for (const [name, { shape, data }] of Object.entries(ours)) {
    if (!Object.hasOwn(own, name) || !sameShape(own[name].shape, shape)) continue;
    // Every array weighs as much as it has numbers, however large they are.
    const size = Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length) || 1;
    for (const [i, x] of data.entries()) {
      product += (own[name].data[i] / size) * (x / size);
      square += (own[name].data[i] / size) ** 2;
    }
    count += data.length;
  }
  return Math.abs(product) >= ATTEMPT * Math.sqrt(square * count) && square > 0;
}

/** The rows of a batch and the units of each layer. */
export function sizesOf({ batch: { X, parameters } }: Pick<GradientsAnswer, "batch">): number[] {
  const units = Object.values(parameters).flatMap(({ shape }) => shape.length === 1 ? shape : []);
  return [...new Set([...X.shape, ...units])];
}

/** No points lost, because the mistake is counted where it belongs. */
export function carriedOver(mistakes: readonly Mistake[], otherwise: Outcome, t: GradeMessages): Outcome {
  const titles = titlesOf(mistakes, t);
  return graded(1, t.checks.carriedOver(titles), { mistakes, otherwise, place: otherwise.place });
}

/** What the mistakes are, as sentences. */
export function explain(mistakes: readonly Mistake[] | null, t: GradeMessages): string[] {
  if (mistakes === null || mistakes.length === 0) return [];
  return [t.checks.explained(titlesOf(mistakes, t))];
}

/** What the mistakes are, as part of a sentence. */
export function titlesOf(mistakes: readonly Mistake[], { checks }: GradeMessages): string {
  return checks.and(mistakes.map(({ id, layer }) => {
    const { title } = checks.mistakes[id];
    return layer === undefined ? title : checks.inLayer(title, layer);
  }));
}

export function hintOf(mistakes: readonly Mistake[] | null, t: GradeMessages): string | null {
  if (mistakes === null || mistakes.length === 0) return null;
  return mistakes.map(({ id }) => t.checks.mistakes[id].hint).join(t.checks.space);
}

function errorOf(name: string, found: Tensors, expected: Tensors): number {
  return Object.hasOwn(found, name) ? relativeError(found[name], expected[name]) : Infinity;
}

/** What is wrong with one array. */
function describeFault(
  name: string,
  { found, expected, rtol, known, one, sizes, t: { checks } }: {
    found: Tensors;
    expected: Tensors;
    rtol: number;
    /** Whether a mistake explains it. */
    known: boolean;
    one: (name: string) => string;
    sizes: readonly number[];
    t: GradeMessages;
  },
): string {
  if (!Object.hasOwn(found, name)) return checks.isMissing(one(name));
  const error = relativeError(found[name], expected[name]);
  if (error < Infinity) {
    const ratio = ratioOf(found[name], expected[name], rtol);
    if (ratio === 0) return checks.allZero(one(name));
    if (ratio === null) return checks.offBy(one(name), error);
    // Where a mistake is named, that says where the factor comes from.
    return checks.times(one(name), ratio, known ? null : fractionOf(ratio, sizes, rtol));
  }
  const [a, b] = [showShape(found[name].shape), showShape(expected[name].shape)];
  if (found[name].data.length !== expected[name].data.length) return checks.wrongShape(one(name), b, a);
  return found[name].data.some((x) => !Number.isFinite(x))
    ? checks.notFinite(one(name))
    : checks.wrongShape(one(name), b, a);
}

function describeError(error: number, { checks }: GradeMessages): string {
  return error < ROUNDING ? checks.sameToRounding : checks.largestDifference(error);
}
