import { classOf, learnSample, type Rule, sumOf, type Update, type Weights, ZERO } from "./rule.ts";
import type { Sample } from "./sample.ts";

/** After an epoch the weights are those after an earlier one, so that all goes on as it did. */
export interface Cycle {
  /** The first epoch after which the weights were these; 0 is the start. */
  readonly since: number;
  /** In epochs. */
  readonly period: number;
  /** Whether nothing moved meanwhile. */
  readonly atRest: boolean;
}

/** From here on the weights have run away. */
const LARGE = 1e9;

/** A rule at work: samples one after another, always in their order, from weights of 0. */
export class Learner {
  readonly rule: Rule;
  readonly rate: number;
  readonly samples: readonly Sample[];
  /** The latest update. */
  last: Update | null = null;
  weights: Weights = ZERO;
  steps = 0;
  /** Samples whose class was wrong when it was their turn. */
  mistakes = 0;
  /** Of each whole epoch. */
  readonly mistakesByEpoch: number[] = [];
  /** After 0, 1, 2, ... steps: the samples whose class is wrong. */
  readonly wrong: number[] = [];
  /** After 0, 1, 2, ... steps: the mean of the rule's loss; empty where it has none. */
  readonly losses: number[] = [];
  cycle: Cycle | null = null;
  #mistakesBefore = 0;
  #moved = false;
  readonly #seen = new Map<string, number>([[keyOf(ZERO), 0]]);

  constructor({ rule, rate, samples }: { rule: Rule; rate: number; samples: readonly Sample[] }) {
    this.rule = rule;
    this.rate = rate;
    this.samples = samples;
    this.#measure();
  }

  /** Whole epochs. */
  get epochs(): number {
    return this.mistakesByEpoch.length;
  }

  /** Whose turn it is. */
  get next(): Sample | undefined {
    return this.samples[this.steps % this.samples.length];
  }

  /** Whether the weights have run away, as the delta rule's do where the learning rate is too large. */
  get ranAway(): boolean {
    const { w1, w2, b } = this.weights;
    return !(Math.abs(w1) + Math.abs(w2) + Math.abs(b) < LARGE);
  }

  /** Whether another step would do nothing new: there is nothing to learn from, nothing moves, or the weights ran away. */
  get isOver(): boolean {
    return this.samples.length === 0 || this.cycle?.atRest === true || this.ranAway;
  }

  /** Learns one sample. */
  step(): void {
    const sample = this.next;
    if (sample === undefined || this.ranAway) return;
    this.last = learnSample(this.rule, this.weights, sample, this.rate);
    this.weights = this.last.after;
    this.steps++;
    if (!this.last.right) this.mistakes++;
    if (keyOf(this.last.before) !== keyOf(this.last.after)) this.#moved = true;
    this.#measure();
    if (this.steps % this.samples.length === 0) this.#endEpoch();
  }

  /** Learns up to the end of the epoch. */
  epoch(): void {
    do this.step(); while (
      this.samples.length > 0 && !this.ranAway && this.steps % this.samples.length !== 0
    );
  }

  #endEpoch(): void {
    this.mistakesByEpoch.push(this.mistakes - this.#mistakesBefore);
    this.#mistakesBefore = this.mistakes;
    const key = keyOf(this.weights);
    const since = this.#seen.get(key);
    if (since === undefined) this.#seen.set(key, this.epochs);
    else this.cycle ??= { since, period: this.epochs - since, atRest: !this.#moved };
    this.#moved = false;
  }

  #measure(): void {
    const { rule, samples, weights } = this;
    let wrong = 0;
    let loss = 0;
    for (const sample of samples) {
      const a = sumOf(weights, sample);
      if (classOf(a) !== sample.label) wrong++;
      loss += rule.loss?.(a, rule.targets[sample.label]) ?? 0;
    }
    this.wrong.push(wrong);
    if (rule.loss !== null) this.losses.push(samples.length === 0 ? 0 : loss / samples.length);
  }
}

/** Of equal weights the same; -0 is 0. */
function keyOf({ w1, w2, b }: Weights): string {
  return `${w1 + 0} ${w2 + 0} ${b + 0}`;
}
