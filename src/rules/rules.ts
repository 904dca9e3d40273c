import { exp } from "../random/exp.ts";
import { log } from "../random/log.ts";
import type { Rule } from "./rule.ts";

/** Rosenblatt (1958): w changes only where the class is wrong. */
const perceptron: Rule = {
  name: "perceptron",
  title: { en: "Perceptron", ja: "パーセプトロン" },
  targets: [0, 1],
  output: (a) => a > 0 ? 1 : 0,
  error: (a, t) => t - (a > 0 ? 1 : 0),
  loss: (a, t) => Math.max(0, t === 1 ? -a : a),
};

/** Hebb (1949), with the target in the place of the unit's own activity: what fires together is wired together, right or wrong. */
const hebb: Rule = {
  name: "hebb",
  title: { en: "Hebb's rule", ja: "ヘブ則" },
  targets: [-1, 1],
  output: (a) => a > 0 ? 1 : -1,
  error: (_, t) => t,
  loss: null,
};

/** Widrow and Hoff (1960): the sum itself is to be t; descends the squared error, sample by sample. */
const delta: Rule = {
  name: "delta",
  title: { en: "Delta rule", ja: "デルタ則" },
  targets: [-1, 1],
  output: (a) => a,
  error: (a, t) => t - a,
  loss: (a, t) => (t - a) * (t - a) / 2,
};

/** A sigmoid and the cross entropy, whose derivative by the sum is y - t. */
const logistic: Rule = {
  name: "logistic",
  title: { en: "Logistic regression", ja: "ロジスティック回帰" },
  targets: [0, 1],
  output: sigmoid,
  error: (a, t) => t - sigmoid(a),
  // -t ln y - (1 - t) ln(1 - y), without y, which rounds to 1 where a is large.
  loss: (a, t) => Math.max(a, 0) - t * a + log(1 + exp(-Math.abs(a))),
};

function sigmoid(a: number): number {
  const small = exp(-Math.abs(a));
  return a >= 0 ? 1 / (1 + small) : small / (1 + small);
}

/** Every rule, in the order in which the course comes to them. */
export const RULES: Readonly<Record<Rule["name"], Rule>> = { perceptron, hebb, delta, logistic };
export const RULE_NAMES = Object.keys(RULES) as Rule["name"][];
