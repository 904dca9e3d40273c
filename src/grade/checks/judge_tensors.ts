import { type GradientsAnswer, updates } from "../answers/answers.ts";
import { relativeError, showShape, type Tensors } from "../tensors.ts";
import { diagnose } from "../mistakes/diagnose.ts";
import type { Mistake, Place } from "../mistakes/mistake.ts";
import { graded, type Outcome } from "../outcome.ts";
import { type Method, RIGHT } from "../reference/method.ts";
import { step } from "../reference/network.ts";
import { listed, showNumber } from "../show_number.ts";

/** Below it differences are not told: they are of another order of summation, and may change with the version of Deno. */
const ROUNDING = 1e-9;

/**
 * Judges what a student's function gave against what ours gives: points by the share of arrays that are right, and, where some are not,
 * the mistake that explains them. A mistake that belongs to another part of the work costs nothing here, so that nobody pays twice.
 */
export function judgeTensors(
  { found, simulate, place, rtol, what }: {
    found: Tensors;
    simulate: (method: Method) => Tensors;
    /** The part of the work that is judged. */
    place: Place;
    rtol: number;
    /** What the arrays are, for the reason: `gradients`. */
    what: string;
  },
): Outcome {
  const { mistakes, error } = diagnose(found, simulate, rtol);
  const expected = simulate(RIGHT);
  const names = Object.keys(expected);
  if (mistakes?.length === 0) {
    const all = names.length === 1 ? what : `All ${names.length} ${what}`;
    return graded(
      1,
      `${capital(all)} agree with ours: ${describeError(error)}, allowed ${showNumber(rtol)}.`,
    );
  }
  const faults = names.flatMap((name) => describeFault(name, { found, expected, rtol }) ?? []);
  const right = names.length - faults.length;
  const summary = names.length === 1
    ? `${capital(what)} must agree with ours.`
    : `${right} of ${names.length} ${what} agree with ours.`;
  const more = faults.length > 4 ? `; and ${faults.length - 4} more` : "";
  const reason = [`${summary} ${faults.slice(0, 4).join("; ")}${more}.`, ...explain(mistakes)].join(" ");
  const lost = graded(right / names.length, reason, { hint: hintOf(mistakes), mistakes: mistakes ?? [] });
  if (mistakes === null || mistakes.some((mistake) => mistake.place === place)) return lost;
  return carriedOver(mistakes, lost);
}

/** Judges how far parameters moved in one step, as judgeTensors(). */
export function judgeUpdates(
  asked: GradientsAnswer,
  judged: { place: Place; rtol: number; what: string },
): Outcome {
  const { found, batch, learningRate } = asked;
  const simulate = (method: Method) => updates(batch.parameters, step(batch, asked, method), learningRate);
  return judgeTensors({ found, simulate, ...judged });
}

/** No points lost, because the mistake is counted where it belongs. */
export function carriedOver(mistakes: readonly Mistake[], otherwise: Outcome): Outcome {
  const titles = listed(mistakes.map(({ title }) => title));
  return graded(1, `Right, given a mistake that is counted elsewhere: ${titles}.`, { mistakes, otherwise });
}

/** What the mistakes are, as sentences. */
export function explain(mistakes: readonly Mistake[] | null): string[] {
  if (mistakes === null || mistakes.length === 0) return [];
  return [`This is what comes out where ${listed(mistakes.map(({ title }) => title))}.`];
}

export function hintOf(mistakes: readonly Mistake[] | null): string | null {
  return mistakes === null || mistakes.length === 0 ? null : mistakes.map(({ hint }) => hint).join(" ");
}

/** What is wrong with one array, undefined where nothing is. */
function describeFault(
  name: string,
  { found, expected, rtol }: { found: Tensors; expected: Tensors; rtol: number },
): string | undefined {
  if (!Object.hasOwn(found, name)) return `${name} is missing`;
  const error = relativeError(found[name], expected[name]);
  if (error <= rtol) return undefined;
  if (error < Infinity) return `${name} is off by ${showNumber(100 * error)} %`;
  const [a, b] = [showShape(found[name].shape), showShape(expected[name].shape)];
  if (found[name].data.length !== expected[name].data.length) {
    return `${name} must have the shape ${b}, found ${a}`;
  }
  return found[name].data.some((x) => !Number.isFinite(x))
    ? `${name} has values that are not finite`
    : `${name} must have the shape ${b}, found ${a}`;
}

function describeError(error: number): string {
  return error < ROUNDING
    ? "the same to rounding"
    : `the largest relative difference is ${showNumber(error)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
