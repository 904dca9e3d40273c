import { constant } from "./constant.ts";
import { cosine, type CosineOptions } from "./cosine.ts";
import { exponential, type ExponentialOptions } from "./exponential.ts";
import { inverse, type InverseOptions } from "./inverse.ts";
import type { NumberRange } from "../range.ts";
import { plateau, type PlateauOptions } from "./plateau.ts";
import type { Pace, ScheduleMethod } from "./schedule.ts";
import { step, type StepOptions } from "./step.ts";

/** The schedules that there are, by the names that a config gives them. */
export const SCHEDULES = { constant, step, exponential, cosine, inverse, plateau } as const;

/** What the options of schedules may be, whichever of the methods have one. */
export const SCHEDULE_RANGES = {
  every: { min: 1, integer: true },
  factor: { above: 0, max: 1 },
  to: { min: 0 },
  power: { above: 0 },
  patience: { min: 0, integer: true },
  min_delta: { min: 0 },
  cooldown: { min: 0, integer: true },
  /** Epochs, or steps. */
  warmup: { min: 1, integer: true },
} as const satisfies Readonly<Record<string, NumberRange>>;

/** The name of a schedule. */
export type ScheduleName = keyof typeof SCHEDULES;

/** A schedule with all its options. */
export type Schedule =
  & (
    | { readonly method: "constant" }
    | { readonly method: "step" } & StepOptions
    | { readonly method: "exponential" } & ExponentialOptions
    | { readonly method: "cosine" } & CosineOptions
    | { readonly method: "inverse" } & InverseOptions
    | { readonly method: "plateau" } & PlateauOptions
  )
  & {
    /** Epochs, or steps, over which the rate first rises in equal parts to the learning rate. */
    readonly warmup?: number | { readonly steps: number } | undefined;
  };

/** What an option is where a config leaves it out, whichever of the methods that have one it is of. */
export const SCHEDULE_DEFAULTS = {
  factor: 0.1,
  to: 0,
  power: 0.5,
  patience: 10,
  min_delta: 0.0001,
  cooldown: 0,
} as const;
const { factor, to, power, patience, min_delta, cooldown } = SCHEDULE_DEFAULTS;

/** The options of each method, each with its default; null for one that must be written. */
export const SCHEDULE_OPTIONS: Readonly<Record<ScheduleName, Readonly<Record<string, number | null>>>> = {
  constant: {},
  step: { every: null, factor },
  exponential: { factor: null },
  cosine: { to },
  inverse: { power },
  plateau: { factor, patience, min_delta, cooldown, to },
};

/** What is known of a schedule's method. Its options are its own, as their type says. */
function methodOf({ method }: Schedule): ScheduleMethod<Schedule> {
  return SCHEDULES[method] as ScheduleMethod<Schedule>;
}

/** Whether an epoch's rates depend on how many epochs there are to be. */
export function scheduleNeedsTotal(schedule: Schedule): boolean {
  return methodOf(schedule).needsTotal === true;
}

/** Whether rates depend on validation losses. */
export function scheduleNeedsValidation(schedule: Schedule): boolean {
  return methodOf(schedule).needsValidation === true;
}

/** What a schedule does, for people: `along half a cosine down to 0 over all epochs, after a warm-up of 2 epochs`. */
export function scheduleInWords(schedule: Schedule): { en: string; ja: string } {
  const { en, ja } = methodOf(schedule).inWords(schedule);
  const { warmup } = schedule;
  if (warmup === undefined) return { en, ja };
  const [count, unit, counted] = typeof warmup === "number"
    ? [warmup, "epoch", "エポック"]
    : [warmup.steps, "step", "回の更新"];
  return {
    en: `${en}, after a linear warm-up of ${count} ${unit}${count === 1 ? "" : "s"}`,
    ja: `最初の ${count} ${counted}で直線的に上げた後、${ja}`,
  };
}

/** The learning rates of a training: a function of the step, and, of a schedule that watches them, of the validation losses before it. */
export class LearningRate {
  readonly #base: number;
  readonly #pace: Pace | null;
  /** Epochs that there are to be; undefined where nobody has said it. */
  readonly #epochs: number | undefined;
  /** Steps of an epoch, and of the warm-up. */
  readonly #batches: number;
  readonly #warmup: number;

  /** @param options.batches steps of an epoch */
  constructor({ learning_rate, schedule, epochs, batches }: {
    learning_rate: number;
    schedule?: Schedule | undefined;
    epochs?: number | undefined;
    batches: number;
  }) {
    this.#base = learning_rate;
    this.#pace = schedule === undefined ? null : methodOf(schedule).open(schedule, learning_rate);
    this.#epochs = epochs;
    this.#batches = batches;
    const warmup = schedule?.warmup ?? 0;
    this.#warmup = typeof warmup === "number" ? warmup * batches : warmup.steps;
  }

  /** The rate of the t-th step, from 1. A warm-up of W steps takes t / W of the rate; the schedule's own time begins after it. */
  at(t: number): number {
    const base = this.#base, pace = this.#pace, batches = this.#batches, warmup = this.#warmup;
    if (pace === null) return base;
    if (t <= warmup) return base * (t / warmup);
    const epochs = this.#epochs;
    return pace.rate({
      step: t - warmup,
      epoch: Math.floor((t - warmup - 1) / batches),
      get total() {
        if (epochs !== undefined) return epochs - warmup / batches;
        throw new RangeError(
          "Cannot follow the schedule: epochs must be how many there are to be, found none",
        );
      },
    });
  }

  /** Takes the validation loss after an epoch, counted from 1; those of a warm-up do not count. */
  see(epoch: number, loss: number): void {
    if ((epoch - 1) * this.#batches >= this.#warmup) this.#pace?.see?.(loss);
  }
}
