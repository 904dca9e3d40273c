import { z } from "zod";
import { RandomState } from "../../random/random_state.ts";
import { described } from "../../settings/setting.ts";
import type { SettingValue } from "../../settings/settings.ts";
import { isMapping } from "../../text/show_value.ts";
import { plainValue } from "../yaml/located_value.ts";
import { type Axis, axisOf, type Distribution, isDistribution, randomParameters } from "./distribution.ts";
import { filterFlaws, filterKeys, type Filters, filterShape, keeper, mostFiltered } from "./filters.ts";
import { listingMethod, type Points, type SweptValues } from "./method.ts";
import { byParameters } from "./parameters.ts";

/** After so many draws in a row without a new point that is kept, no more are expected. */
const MIN_PATIENCE = 100_000;

/** So many draws, beside one for each point that is wanted, take about a second: with filters, each makes all settings of a trial. */
const MAX_DRAWS = { plain: 500_000, filtered: 150_000 };

/** Among so many points hardly one comes twice, so that all that a config may ask for are found without a search. */
const PLENTY = 2 ** 32;

const schema = z.strictObject({
  method: described(z.literal("random"), {
    en: "random: trials drawn at random, no two of them equal.",
    ja: "random：乱数で試行を選びます（ランダムサーチ）。同じ試行は 2 度選ばれません。",
  }),
  count: described(z.int().min(1).max(100_000), {
    en: "How many trials to draw.",
    ja: "選ぶ試行の数です。",
  }),
  seed: described(z.int().min(0).max(2 ** 32 - 1).default(0), {
    en:
      "Seed of np.random.RandomState that draws them: for each trial one value of each parameter, in the order written.",
    ja:
      "試行を選ぶ np.random.RandomState のシードです。試行ごとに、設定を書いた順に、値を 1 つずつ引きます。",
  }),
  parameters: randomParameters,
  ...filterShape,
}).superRefine(filterFlaws);

export const random = listingMethod({
  schema,
  ...byParameters,
  values({ parameters }, path) {
    const distribution: Distribution | undefined = parameters[path];
    return distribution !== undefined && "choice" in distribution ? distribution.choice : [];
  },
  points: (sweep, base) =>
    randomPoints({ ...sweep, keep: keeper(sweep, base), maxDraws: maxDraws(sweep.count, sweep) }),
  *flaws(sweep, { count }) {
    const keys = filterKeys(sweep);
    const kept = keys.length === 0 ? { en: "", ja: "" } : {
      en: ` that ${keys.join(" and ")} ${keys.length === 1 ? "keeps" : "keep"}`,
      ja: `${keys.join(" と ")} の条件に合う`,
    };
    // Of fewer points than this every one is drawn before patience ends, but for bad luck.
    const all = sizeOf(Object.values(sweep.parameters).map(axisOf)) <= MIN_PATIENCE / 20;
    if (count === 0) {
      const draws = maxDraws(sweep.count, sweep);
      const message = {
        en: `${all ? "leaves no trial" : `leaves none of ${draws} trials drawn`}; loosen it`,
        ja: `${
          all
            ? "条件に合う試行がひとつも残りません"
            : `${draws} 回選んでも、条件に合う試行がひとつもありません`
        }。条件を緩めてください`,
      };
      yield { path: [keys[0]], message };
    } else if (count < sweep.count) {
      const why = all ? "there are" : "drawing for a second finds";
      const message = {
        en: `must be at most ${count}, as ${why} no more different trials${kept.en}, found ${sweep.count}`,
        ja: `${kept.ja}異なる試行は ${
          all ? `${count} 個しかありません` : `1 秒間選び続けても ${count} 個しか見つかりません`
        }。count をそれ以下にしてください（現在の値：${sweep.count}）`,
      };
      yield { path: ["count"], message };
    }
  },
  fromFlag(values) {
    // A single mapping is a distribution and not a list of one value.
    const [only, ...others] = Array.isArray(values.content) ? values.content : [];
    const plain = only === undefined ? null : plainValue(only);
    return others.length === 0 && isMapping(plain) && isDistribution(plain) ? only : values;
  },
});

interface RandomSearch {
  readonly count: number;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, Distribution>>;
  /** Which points are taken; left out, all. */
  readonly keep?: ((point: SweptValues) => boolean) | undefined;
  /** How often to draw before what is found so far is all, where points may be few. */
  readonly maxDraws: number;
}

function maxDraws(count: number, filters: Filters): number {
  return filterKeys(filters).length === 0
    ? MAX_DRAWS.plain + count
    : Math.min(MAX_DRAWS.filtered + count, mostFiltered(filters));
}

/**
 * Points drawn by `np.random.RandomState(seed)`: for each one a value of each parameter, in the order written. A point that came
 * before, or that `keep` refuses, is drawn anew, all of it. They are drawn as far as somebody asks; `count` is less than wanted
 * where there are no more.
 */
function randomPoints(search: RandomSearch): Points {
  const paths = Object.keys(search.parameters);
  const rows: SettingValue[][] = [];
  const draws = drawRows(search);
  const drawTo = (count: number) => {
    while (rows.length < count) {
      const { value } = draws.next();
      if (value === undefined) return;
      rows.push(value);
    }
  };
  const plenty = hasPlenty(search);
  return {
    get count() {
      if (plenty) return search.count;
      // Whether there are as many as wanted shows only when they are drawn.
      drawTo(search.count);
      return rows.length;
    },
    at(index) {
      drawTo(index + 1);
      return toPoint(paths, rows[index]);
    },
    place: (_, path) => ["parameters", path],
  };
}

function hasPlenty({ parameters, keep }: RandomSearch): boolean {
  return keep === undefined && sizeOf(Object.values(parameters).map(axisOf)) >= PLENTY;
}

function* drawRows(search: RandomSearch): Generator<SettingValue[], undefined> {
  const { seed, parameters, keep } = search;
  const paths = Object.keys(parameters);
  const state = new RandomState(seed);
  const axes = Object.values(parameters).map(axisOf);
  const size = sizeOf(axes);
  const most = hasPlenty(search) ? Infinity : search.maxDraws;
  const patience = Math.max(MIN_PATIENCE, 20 * size);
  const seen = new Set<SettingValue>();
  for (let draws = 0, misses = 0; draws < most && misses < patience && seen.size < size; draws++, misses++) {
    const row = axes.map(({ draw }) => draw(state));
    const key = row.length === 1 && typeof row[0] === "number" ? row[0] : JSON.stringify(row);
    if (seen.has(key)) continue;
    seen.add(key);
    if (keep !== undefined && !keep(toPoint(paths, row))) continue;
    yield row;
    misses = 0;
  }
}

function toPoint(paths: readonly string[], row: readonly SettingValue[]): SweptValues {
  const point: SweptValues = {};
  for (let i = 0; i < paths.length; i++) point[paths[i]] = row[i];
  return point;
}

function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((size, axis) => size * axis.size, 1);
}
