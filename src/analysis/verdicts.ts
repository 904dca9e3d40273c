import { groupBy, sample } from "./lists.ts";
import { median } from "../metrics/statistics.ts";
import type { EpochRow } from "../tables/history_csv.ts";
import type { RunRow } from "../tables/results_csv.ts";

/** The numbers of the rules by which a training is judged; a report writes them out. */
export const RULES = {
  /** Fewer epochs say nothing of a trend: with four of them the least probable order, each below the last, has chance 1/24. */
  minEpochs: 5,
  /** The last epochs that are looked at: this share of all, and as many or more. */
  share: 1 / 3,
  minWindow: 4,
  /** Of a longer window, so many evenly spaced epochs. */
  maxWindow: 100,
  /** A loss that changes by less than this share over the window, all of which is as near its median, is flat. */
  flat: 0.02,
  /** ...but has not converged where it falls by this share or more of all that it has come down since the first epoch. */
  ongoing: 0.1,
  /** Validation loss has risen where its last epochs, so many, all lie above its lowest value by this share... */
  rise: 0.05,
  /** Training loss has fallen where the last epoch's is by this share below the first one's. */
  fall: 0.05,
  lastEpochs: 3,
  /** ...and by so many times the size of its ups and downs. */
  wobbles: 4,
  /** A gap is wide where validation loss is so many times training loss. */
  wideGap: 2,
} as const;

/** What a trial's runs have after an epoch, as means over them. */
export interface EpochMeans {
  readonly epoch: number;
  /** Over the epoch's batches, while weights change. */
  readonly train_loss: number;
  /** After the epoch, as is the accuracy; null where no images validate. */
  readonly val_loss: number | null;
  readonly val_accuracy: number | null;
}

/** Means over the runs that ended ok, of every epoch that all of them have. */
export function epochMeans(history: readonly EpochRow[], runs: readonly RunRow[]): EpochMeans[] {
  const ended = runs.filter(({ status }) => status === "ok");
  const seeds = new Map<number, Set<number>>();
  for (const { trial, seed } of ended) seeds.set(trial, (seeds.get(trial) ?? new Set()).add(seed));
  const rows = history.filter(({ trial, seed }) => seeds.get(trial)?.has(seed));
  return [...groupBy(rows, ({ epoch }) => epoch)].sort(([a], [b]) => a - b).flatMap(([epoch, rows]) => {
    const over = (metric: "train_loss" | "val_loss" | "val_accuracy") => {
      let sum = 0;
      for (const { [metric]: value } of rows) {
        if (value === null || !Number.isFinite(value)) return null;
        sum += value;
      }
      return rows.length === ended.length ? sum / rows.length : null;
    };
    const train_loss = over("train_loss");
    if (train_loss === null) return [];
    return [{ epoch, train_loss, val_loss: over("val_loss"), val_accuracy: over("val_accuracy") }];
  });
}

/** Which way a series goes. */
export interface Trend {
  /** Sen's slope times the length, as a share of the median: -0.1 is a fall of 10 % from the first value to the last. */
  readonly change: number;
  /** Whether that is more than chance, by Mann and Kendall's test: 5 % either way, which is two-sided at 10 %. */
  readonly certain: boolean;
}

/** The quantile of the standard normal distribution that 5 % lie above. */
const Z = 1.6448536269514722;

/**
 * The trend of values at even distances: Mann and Kendall's test (Kendall, 1975, Rank correlation methods, ch. 4) with the correction for
 * continuity, which from 4 to 10 values refuses just what the exact test does, and Sen's slope (1968, Estimates of the regression
 * coefficient based on Kendall's tau, JASA 63). Both go by pairs: neither the curve's bend nor one wild epoch decides.
 */
export function trend(values: readonly number[]): Trend {
  const n = values.length;
  const slopes: number[] = [];
  let later = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      slopes.push((values[j] - values[i]) / (j - i));
      later += Math.sign(values[j] - values[i]);
    }
  }
  const level = median(values);
  const change = n < 2 || level === 0 ? 0 : median(slopes) * (n - 1) / Math.abs(level);
  const deviation = Math.sqrt(n * (n - 1) * (2 * n + 5) / 18);
  return { change, certain: Math.abs(later) - 1 > Z * deviation };
}

/** Whether training is done, by the loss of its last epochs. */
export type Convergence =
  | { readonly kind: "few"; readonly epochs: number }
  | {
    /**
     * unsettled: it changes by more than what is flat, but in no direction that is more than chance; stray: it changes by less, but not
     * every loss is near the median; flat: it was elsewhere before;
     * still: no loss has come down since the first epoch, so it may have converged within that, or not have begun to.
     */
    readonly kind: "falling" | "rising" | "unsettled" | "stray" | "flat" | "still";
    readonly metric: "val_loss" | "train_loss";
    /** Over the window, as a share of the loss. */
    readonly change: number;
    /** The window's first epoch; of a flat loss the first epoch from which on it was at its last level. */
    readonly since: number;
  }
  | {
    /** It hardly falls, but as ever: flat by its change, and not done. */
    readonly kind: "slow";
    readonly metric: "val_loss" | "train_loss";
    /** The window's first epoch. */
    readonly since: number;
    /** What it fell over the window, of all that it has come down since the first epoch: from 0 to 1. */
    readonly part: number;
  }
  | {
    /** It fell over the window, but ends above its lowest by more than what counts as a rise. */
    readonly kind: "turned";
    readonly metric: "val_loss" | "train_loss";
    /** The epoch of the lowest. */
    readonly lowest: number;
    /** Of the last over the lowest, as a share of that. */
    readonly rise: number;
  };

/** By validation loss, or where there is none by training loss. */
export function convergence(curve: readonly EpochMeans[]): Convergence {
  if (curve.length < RULES.minEpochs) return { kind: "few", epochs: curve.length };
  const validated = curve.every(({ val_loss }) => val_loss !== null);
  const metric = validated ? "val_loss" : "train_loss";
  const values = curve.map((point) => point[metric] ?? 0);
  const window = lastOf(values);
  const { length } = window;
  const { change, certain } = trend(sample(window, RULES.maxWindow));
  const first = values.length - length;
  const result = { metric, change, since: curve[first].epoch } as const;
  if (Math.abs(change) >= RULES.flat) {
    const least = window.reduce((a, b) => Math.min(a, b));
    const rise = least === 0 ? 0 : window[length - 1] / least - 1;
    if (certain && change < 0 && rise > RULES.rise) {
      return { kind: "turned", metric, lowest: curve[first + window.indexOf(least)].epoch, rise };
    }
    return { ...result, kind: certain ? change < 0 ? "falling" : "rising" : "unsettled" };
  }
  const level = median(window);
  const all = values[0] - values[values.length - 1];
  const part = Math.min(1, -change * level / all);
  if (certain && change < 0 && all > 0 && part >= RULES.ongoing) {
    return { kind: "slow", metric, since: curve[first].epoch, part };
  }
  const isNear = (value: number) => Math.abs(value - level) <= RULES.flat * level;
  if (!window.every(isNear)) return { ...result, kind: "stray" };
  let since = first;
  while (since > 0 && isNear(values[since - 1])) since--;
  const hasLearned = hasFallen(values) || hasTrainingFallen(curve);
  return { ...result, kind: hasLearned ? "flat" : "still", since: curve[since].epoch };
}

/** The last values, by which is told where a curve goes. */
function lastOf(values: readonly number[]): readonly number[] {
  return values.slice(-Math.max(RULES.minWindow, Math.ceil(values.length * RULES.share)));
}

/** By how much training loss falls in an epoch, by Sen's slope over the epochs that convergence() looks at; null of one epoch. */
export function trainingFall(curve: readonly EpochMeans[]): number | null {
  const losses = lastOf(curve.map(({ train_loss }) => train_loss));
  if (losses.length < 2) return null;
  const drawn = sample(losses, RULES.maxWindow);
  return -trend(drawn).change * Math.abs(median(drawn)) / (losses.length - 1);
}

/** Whether training loss has come down at all: what learned nothing of the test data may know its training data by heart. */
export function hasTrainingFallen(curve: readonly EpochMeans[]): boolean {
  return hasFallen(curve.map(({ train_loss }) => train_loss));
}

function hasFallen(losses: readonly number[]): boolean {
  return losses.length > 1 && losses[losses.length - 1] <= (1 - RULES.fall) * losses[0];
}

/** Whether validation loss has turned while training loss went on falling. */
export type Overfitting =
  | { readonly kind: "unvalidated" }
  | ({
    /** unstable: validation loss has risen and training loss has not fallen either; none: it has not risen. */
    readonly kind: "few" | "overfitting" | "unstable" | "none";
    readonly lowest: EpochMeans;
    readonly last: EpochMeans;
    /** Of the last validation loss over the lowest, as a share of that. */
    readonly rise: number;
    /** What a rise lacks to count as one; null where it counts, and of few. */
    readonly lacks: "rise" | "wobbles" | "epochs" | null;
  });

/** By the last validation losses over the lowest one. */
export function overfitting(curve: readonly EpochMeans[]): Overfitting {
  const values = curve.flatMap(({ val_loss }) => val_loss === null ? [] : [val_loss]);
  if (curve.length === 0 || values.length < curve.length) return { kind: "unvalidated" };
  const least = values.reduce((a, b) => Math.min(a, b));
  const [lowest, last] = [curve[values.indexOf(least)], curve[curve.length - 1]];
  const rise = least === 0 ? 0 : values[values.length - 1] / least - 1;
  const judged = { lowest, last, rise, lacks: null };
  if (curve.length < RULES.minEpochs) return { ...judged, kind: "few" };
  // The lowest of many is low by luck too: what chance does from epoch to epoch must not pass for a rise.
  const margin = Math.max(RULES.rise * least, RULES.wobbles * wobble(values));
  const risen = values.slice(-RULES.lastEpochs).every((value) => value > least + margin);
  if (!risen) {
    const end = values[values.length - 1];
    const lacks = rise <= RULES.rise ? "rise" : end <= least + margin ? "wobbles" : "epochs";
    return { ...judged, kind: "none", lacks };
  }
  return { ...judged, kind: last.train_loss < lowest.train_loss ? "overfitting" : "unstable" };
}

/** The median size of a second difference, by what it is for independent normal values of deviation 1: 0.6745 times the root of 6. */
const SECOND_DIFFERENCE = 1.6521844;

/** The standard deviation of a series about its own course, as its second differences show it: a bend moves their median little. */
export function wobble(values: readonly number[]): number {
  const bends = values.slice(2).map((value, i) => Math.abs(value - 2 * values[i + 1] + values[i]));
  return bends.length === 0 ? 0 : median(bends) / SECOND_DIFFERENCE;
}
