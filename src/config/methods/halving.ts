import { z } from "zod";
import { described, refuse, type Texts } from "../../settings/setting.ts";
import { candidatesSchema, listingMethodOf } from "./candidates.ts";
import { type Rung, sweepMethod } from "./method.ts";

const schema = z.strictObject({
  method: described(z.literal("halving"), {
    en:
      "halving: all candidates train for a few epochs, the best part of them for factor times as many, and so on " +
      "(scikit-learn's HalvingGridSearchCV with epochs as the resource).",
    ja:
      "halving：すべての候補をまず少ないエポックだけ訓練し、成績のよいものだけを factor 倍のエポックまで訓練する、を繰り返します" +
      "（逐次半減法。scikit-learn の HalvingGridSearchCV で resource をエポック数としたものです）。",
  }),
  candidates: described(candidatesSchema, {
    en: "The trials to choose from: a sweep of one of the other methods.",
    ja: "候補となる試行です。ほかの method のスイープとして書きます。",
  }),
  factor: described(z.int().min(2).max(100).default(3), {
    en: "From one rung to the next, epochs are multiplied and trials divided by this.",
    ja: "次の段に進むたびに、エポック数をこの数倍にし、試行の数をこの数で割ります。",
  }),
  min_epochs: described(z.int().min(1).max(10_000).optional(), {
    en:
      "Epochs of the first rung. Left out: as many as bring the last rung as near to max_epochs as the factor lets it.",
    ja:
      "最初の段のエポック数です。省略すると、最後の段が factor の許すかぎり max_epochs に近づくように決まります。",
  }),
  max_epochs: described(z.int().min(1).max(10_000).optional(), {
    en: "Epochs at most. Left out: those of train.epochs.",
    ja: "エポック数の上限です。省略すると train.epochs です。",
  }),
}).superRefine(({ candidates, min_epochs, max_epochs }, context) => {
  for (const path of listingMethodOf(candidates).places(candidates, "train.epochs")) {
    const message = {
      en: "cannot be swept with method halving, which itself gives each trial its epochs; remove it",
      ja: "method が halving のときは、エポック数は段ごとに決まるため変化させられません。取り除いてください",
    };
    refuse(context, ["candidates", ...path], message);
  }
  if (min_epochs !== undefined && max_epochs !== undefined && min_epochs > max_epochs) {
    refuse(context, ["min_epochs"], tooMany("max_epochs", max_epochs, min_epochs));
  }
});

export const halving = sweepMethod({
  schema,
  at: ["candidates"],
  candidates: ({ candidates }) => candidates,
  ranksByEpochs: true,
  rungs: ({ factor, min_epochs, max_epochs }, { epochs, trials }) =>
    planRungs({ candidates: trials, factor, minEpochs: min_epochs, maxEpochs: max_epochs ?? epochs }),
  *flaws({ min_epochs = 1, max_epochs }, { train }) {
    const most = max_epochs ?? train.epochs;
    if (min_epochs > most) {
      yield { path: ["min_epochs"], message: tooMany("train.epochs", most, min_epochs) };
    }
  },
  decides: (keys) =>
    keys.includes("max_epochs")
      ? [{
        path: "train.epochs",
        why: {
          en: "halving has its max_epochs; set sweep.max_epochs instead",
          ja: "halving では max_epochs が使われます。代わりに sweep.max_epochs を指定してください",
        },
      }]
      : [],
});

function tooMany(limit: string, most: number, found: number): Texts {
  return {
    en: `must be at most ${limit}, ${most}, found ${found}`,
    ja: `${limit}（${most}）以下でなければなりません（現在の値：${found}）`,
  };
}

interface HalvingPlan {
  readonly candidates: number;
  readonly factor: number;
  /** Epochs of the first rung; undefined for as many as let the last rung come as near to `maxEpochs` as it can. */
  readonly minEpochs?: number | undefined;
  readonly maxEpochs: number;
}

/**
 * The rungs of successive halving, as scikit-learn's HalvingGridSearchCV has them with `resource` epochs, `min_resources` a number or
 * "exhaust", and `aggressive_elimination` off: the trials of a rung are ceil(those before / factor), and it ends where one trial is
 * left or the next rung would exceed `maxEpochs`.
 * Throws RangeError unless there is a candidate, factor is a whole number of 2 or more, and 1 <= minEpochs <= maxEpochs.
 */
export function planRungs({ candidates, factor, minEpochs, maxEpochs }: HalvingPlan): Rung[] {
  checkWhole("candidates", candidates, 1);
  checkWhole("factor", factor, 2);
  checkWhole("maxEpochs", maxEpochs, 1);
  const needed = 1 + wholeLog(candidates, factor);
  const first = minEpochs ?? Math.max(1, Math.floor(maxEpochs / factor ** (needed - 1)));
  checkWhole("minEpochs", first, 1);
  if (first > maxEpochs) {
    throw new RangeError(
      `Cannot plan rungs: minEpochs must be at most maxEpochs, ${maxEpochs}, found ${minEpochs}`,
    );
  }
  const possible = 1 + wholeLog(Math.floor(maxEpochs / first), factor);
  const rungs: Rung[] = [];
  let epochs = first;
  let trials = candidates;
  for (let i = 0; i < Math.min(needed, possible); i++) {
    rungs.push({ epochs, trials });
    epochs *= factor;
    trials = Math.ceil(trials / factor);
  }
  return rungs;
}

/** How many times `factor` goes into `value`: the floor of its logarithm, by whole numbers. */
function wholeLog(value: number, factor: number): number {
  let power = 0;
  for (let rest = value; rest >= factor; rest = Math.floor(rest / factor)) power++;
  return power;
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(
    `Cannot plan rungs: ${name} must be a whole number of ${least} or more, found ${value}`,
  );
}
