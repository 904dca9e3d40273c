import { z } from "zod";
import { HALTON_DIMENSIONS, haltonPoints } from "../../random/halton.ts";
import { RandomState } from "../../random/random_state.ts";
import { SOBOL_DIMENSIONS, sobolPoints } from "../../random/sobol.ts";
import { described, refuse } from "../../settings/setting.ts";
import type { Settings } from "../../settings/settings.ts";
import { randomParameters } from "./distribution.ts";
import { byDrawing, drawnCount, drawnFlaws, drawnPoints, type DrawnSweep } from "./drawn.ts";
import { filterFlaws, filterShape } from "./filters.ts";
import { listingMethod, type Points } from "./method.ts";

const shape = {
  count: drawnCount,
  seed: described(z.int().min(0).max(2 ** 32 - 1).optional(), {
    en:
      "Moves all points by one random vector of np.random.RandomState(seed). Left out: the sequence as it is, whose first point has the lowest value of each setting, or the first of its list.",
    ja:
      "すべての点を、np.random.RandomState(seed) で引いた 1 つのベクトルだけずらします。省略すると、もとの列のままです。その最初の点では、どの設定も範囲の最小値か、リストの先頭の値になります。",
  }),
  parameters: randomParameters,
  ...filterShape,
};

/** Refuses more parameters than a sequence has dimensions. */
function limited(name: string, most: number) {
  return ({ parameters }: { parameters: object }, context: z.core.$RefinementCtx) => {
    const found = Object.keys(parameters).length;
    if (found <= most) return;
    refuse(context, ["parameters"], {
      en: `must name at most ${most} settings for method ${name}, found ${found}; use method random`,
      ja:
        `method が ${name} のとき、変化させられる設定は ${most} 個までです（現在は ${found} 個）。method を random にしてください`,
    });
  };
}

export const sobol = listingMethod({
  schema: z.strictObject({
    method: described(z.literal("sobol"), {
      en:
        "sobol: trials at the points of Sobol's sequence, which fill the ranges more evenly than random ones. Best with a count " +
        "that is a power of 2.",
      ja:
        "sobol：ソボル列の点を順に試します。乱数で選ぶよりも、範囲をむらなく埋めます。count は 2 の累乗にするのが最適です。",
    }),
    ...shape,
  }).superRefine(limited("sobol", SOBOL_DIMENSIONS)).superRefine(filterFlaws),
  ...byDrawing,
  points: pointsOf(sobolPoints),
  flaws: (sweep, points) => drawnFlaws(sweep, points, false),
  advice: ({ count }) =>
    Number.isInteger(Math.log2(count)) ? undefined : {
      en: `the points of Sobol's sequence are balanced in numbers that are powers of 2, as ${
        powerBelow(count)
      } or ${2 * powerBelow(count)}, but sweep.count is ${count}`,
      ja: `ソボル列の点がむらなく並ぶのは、個数が 2 の累乗（${powerBelow(count)} や ${
        2 * powerBelow(count)
      } など）のときです。sweep.count は ${count} です`,
    },
});

export const halton = listingMethod({
  schema: z.strictObject({
    method: described(z.literal("halton"), {
      en:
        "halton: trials at the points of Halton's sequence, which fill the ranges more evenly than random ones, with any count.",
      ja:
        "halton：ハルトン列の点を順に試します。乱数で選ぶよりも、範囲をむらなく埋めます。count はいくつでもかまいません。",
    }),
    ...shape,
  }).superRefine(limited("halton", HALTON_DIMENSIONS)).superRefine(filterFlaws),
  ...byDrawing,
  points: pointsOf(haltonPoints),
  flaws: (sweep, points) => drawnFlaws(sweep, points, false),
});

function pointsOf(sequence: (dimensions: number, state?: RandomState) => () => number[]) {
  return (sweep: DrawnSweep & { readonly seed?: number | undefined }, base: Settings): Points =>
    drawnPoints(sweep, base, (axes) => {
      const next = sequence(axes.length, sweep.seed === undefined ? undefined : new RandomState(sweep.seed));
      return () => next().map((u, i) => axes[i].at(u));
    });
}

function powerBelow(count: number): number {
  return 2 ** (31 - Math.clz32(count));
}
