import { z } from "zod";
import { RandomState } from "../../random/random_state.ts";
import { described } from "../../settings/setting.ts";
import { randomParameters } from "./distribution.ts";
import { byDrawing, drawnCount, drawnFlaws, drawnPoints } from "./drawn.ts";
import { filterFlaws, filterShape } from "./filters.ts";
import { listingMethod } from "./method.ts";

const schema = z.strictObject({
  method: described(z.literal("random"), {
    en: "random: trials drawn at random, no two of them equal.",
    ja: "random：乱数で試行を選びます（ランダムサーチ）。同じ試行は 2 度選ばれません。",
  }),
  count: drawnCount,
  seed: described(z.int().min(0).max(2 ** 32 - 1).default(0), {
    en:
      "Seed of np.random.RandomState that draws them: for each trial one value of each parameter, in the order written.",
    ja:
      "試行を選ぶ np.random.RandomState のシードです。試行ごとに、設定を書いた順に、値を 1 つずつ引きます。",
  }),
  parameters: randomParameters,
  ...filterShape,
}).superRefine(filterFlaws);

/** Drawn by `np.random.RandomState(seed)`: for each point a value of each parameter, in the order written. */
export const random = listingMethod({
  schema,
  ...byDrawing,
  points: (sweep, base) =>
    drawnPoints(sweep, base, (axes) => {
      const state = new RandomState(sweep.seed);
      return () => axes.map(({ draw }) => draw(state));
    }),
  flaws: (sweep, points) => drawnFlaws(sweep, points, true),
});
