/// <reference lib="dom" />
import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Learner } from "../../rules/learner.ts";
import { leastSquares } from "../../rules/least_squares.ts";
import { type Margin, marginOf } from "../../rules/margin.ts";
import type { Weights } from "../../rules/rule.ts";
import { RULES } from "../../rules/rules.ts";
import type { Sample } from "../../rules/sample.ts";
import { findWitness, type Witness } from "../../rules/separability.ts";
import { samplesOf } from "../../rules/shapes.ts";
import type { PageProps } from "../page.ts";
import { usePlaying } from "../ui/play_bar.tsx";
import { type FIELDS, MOST_STEPS } from "./state.ts";

export type State = PageProps<typeof FIELDS>["state"];

/** What the page shows: a rule at work on samples, and what can be known of these beforehand. */
export interface Learning {
  readonly samples: ReadonlySignal<readonly Sample[]>;
  /** Null where a line separates them. */
  readonly witness: ReadonlySignal<Witness | null>;
  /** Undefined where no line separates them, or there are none. */
  readonly margin: ReadonlySignal<Margin | undefined>;
  /** Of the delta rule alone. */
  readonly leastSquares: ReadonlySignal<Weights | undefined>;
  /** The learner as it is now; it changes in place, so that what shows it reads this anew. */
  readonly now: () => Learner;
  readonly playing: Signal<boolean>;
  step(): void;
  epoch(): void;
  restart(): void;
}

/** Whatever is set begins anew; only a link begins with steps done. */
export function useLearning(state: State): Learning {
  const { rule, data, points, noise, seed, rate, speed, step } = state;
  const playing = useSignal(false);
  const samples = useComputed(() =>
    data.value === "own" ? points.value : samplesOf(data.value, { noise: noise.value, seed: seed.value })
  );
  const witness = useComputed(() => findWitness(samples.value));
  const margin = useComputed(() => witness.value === null ? marginOf(samples.value) : undefined);
  const solution = useComputed(() =>
    rule.value === "delta" ? leastSquares(samples.value, RULES.delta.targets) : undefined
  );
  const runs = useSignal(0);
  const changes = useSignal(0);
  const isFirst = useRef(true);
  const learner = useComputed(() => {
    runs.value;
    const learner = new Learner({ rule: RULES[rule.value], rate: rate.value, samples: samples.value });
    if (isFirst.current) { for (let i = step.peek(); i > 0; i--) learner.step(); }
    isFirst.current = false;
    return learner;
  });
  const now = () => {
    changes.value;
    return learner.value;
  };
  useSignalEffect(() => {
    const { steps } = learner.value;
    step.value = steps;
  });
  useSignalEffect(() => {
    if (!playing.value) step.value = learner.peek().steps;
  });
  const told = () => {
    changes.value++;
    step.value = learner.peek().steps;
  };
  const learn = () => {
    if (learner.peek().steps < MOST_STEPS) learner.peek().step();
  };
  const frame = useRef(0);
  usePlaying(playing, {
    rate: () => speed.peek(),
    step() {
      learn();
      const { isOver, steps } = learner.peek();
      if (isOver || steps >= MOST_STEPS) playing.value = false;
      // Several steps of a frame are drawn once.
      if (frame.current !== 0) return;
      frame.current = requestAnimationFrame(() => {
        frame.current = 0;
        changes.value++;
      });
    },
  });
  return {
    samples,
    witness,
    margin,
    leastSquares: solution,
    now,
    playing,
    step() {
      learn();
      told();
    },
    epoch() {
      const { steps } = learner.peek();
      if (steps + samples.peek().length <= MOST_STEPS) learner.peek().epoch();
      told();
    },
    restart() {
      playing.value = false;
      runs.value++;
    },
  };
}
