import type { Texts } from "../text/language.ts";
import type { Sample } from "./sample.ts";

/** Of one unit with two inputs: it says class 1 where w1 x1 + w2 x2 + b > 0. */
export interface Weights {
  readonly w1: number;
  readonly w2: number;
  readonly b: number;
}

/** Where every rule begins. */
export const ZERO: Weights = { w1: 0, w2: 0, b: 0 };

/** A rule by which a unit without hidden layers learns, sample by sample. */
export interface Rule {
  readonly name: "perceptron" | "hebb" | "delta" | "logistic";
  readonly title: Texts;
  /** t of class 0 and of class 1, as the course's textbooks have them for this rule. */
  readonly targets: readonly [number, number];
  /** What the unit answers to the sum `a`. */
  output(a: number): number;
  /** What the rule multiplies x by, besides the learning rate. */
  error(a: number, t: number): number;
  /** What the rule descends, of one sample; null where it descends nothing. Its derivative by `a` is -error(a, t). */
  readonly loss: ((a: number, t: number) => number) | null;
}

/** One sample learned. */
export interface Update {
  readonly sample: Sample;
  readonly before: Weights;
  /** w x + b, before. */
  readonly a: number;
  readonly y: number;
  readonly t: number;
  readonly error: number;
  /** Whether the class was right before. */
  readonly right: boolean;
  /** before + rate * error * (x1, x2, 1). */
  readonly after: Weights;
}

export function sumOf({ w1, w2, b }: Weights, { x1, x2 }: Pick<Sample, "x1" | "x2">): number {
  return w1 * x1 + w2 * x2 + b;
}

/** The class that a sum stands for; at the line itself it is class 0. */
export function classOf(a: number): 0 | 1 {
  return a > 0 ? 1 : 0;
}

export function learnSample(rule: Rule, before: Weights, sample: Sample, rate: number): Update {
  const a = sumOf(before, sample);
  const t = rule.targets[sample.label];
  const error = rule.error(a, t);
  const move = rate * error;
  const after = {
    w1: before.w1 + move * sample.x1,
    w2: before.w2 + move * sample.x2,
    b: before.b + move,
  };
  return { sample, before, a, y: rule.output(a), t, error, right: classOf(a) === sample.label, after };
}
