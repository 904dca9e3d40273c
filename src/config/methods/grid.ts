import { z } from "zod";
import { described } from "../../settings/setting.ts";
import { plainSetting } from "../../settings/settings.ts";
import { showValue } from "../../text/show_value.ts";
import { checkFiltered, emptyFlaws, filteredPoints, filterFlaws, filterShape } from "./filters.ts";
import { listingMethod, type Point, type Points, type SweptValues } from "./method.ts";
import { byParameters, listsOfValues, ordered, pathFlaws, repeatedValues } from "./parameters.ts";
import type { Flaw, SweepParameters } from "./parameters.ts";

/** What a grid may hold at most, so that a trial's number stays exact and a slip of the keyboard is noticed. */
const MAX_TRIALS = 1_000_000_000;

const schema = z.strictObject({
  method: described(z.literal("grid").default("grid"), {
    en: "grid: every combination of the values, in the order written; the last parameter varies fastest.",
    ja:
      "grid：値のすべての組み合わせを、書いた順に試します（グリッドサーチ）。最後に書いた設定が最も速く変わります。",
  }),
  parameters: ordered(listsOfValues, {
    example: { "train.learning_rate": [0.01, 0.1] },
    flaws: gridFlaws,
    description: {
      en: "The settings to vary, each with the list of values to try, as `train.learning_rate: [0.01, 0.1]`.",
      ja: "変化させる設定と、試す値のリストです。例：`train.learning_rate: [0.01, 0.1]`",
    },
  }),
  ...filterShape,
}).superRefine(filterFlaws).superRefine((sweep, context) => {
  checkFiltered(gridSize(sweep.parameters).count, sweep, context);
});

/** Every combination of the values; the last parameter varies fastest, as in Python's itertools.product. */
export const grid = listingMethod({
  schema,
  ...byParameters,
  values: ({ parameters }, path) => parameters[path] ?? [],
  points: (sweep, base) => filteredPoints(gridPoints(sweep.parameters), sweep, base),
  flaws: emptyFlaws,
  pointsBy({ parameters, where, exclude }, reads) {
    if (where !== undefined || exclude !== undefined) return undefined;
    const axes = Object.fromEntries(Object.entries(parameters).filter(([path]) => reads(path)));
    return combinations(axes, gridSize(parameters).strides);
  },
});

interface GridSize {
  readonly count: number;
  /** How many points apart two neighbouring values of each parameter are. */
  readonly strides: Readonly<Record<string, number>>;
}

/** Without parameters a grid has one point. */
function gridSize(axes: SweepParameters): GridSize {
  const strides: Record<string, number> = {};
  let count = 1;
  for (const [name, values] of Object.entries(axes).reverse()) {
    strides[name] = count;
    count *= values.length;
  }
  return { count, strides };
}

function gridPoints(axes: SweepParameters): Points {
  const { count, strides } = gridSize(axes);
  const choice = (index: number, path: string) => Math.floor(index / strides[path]) % axes[path].length;
  return {
    count,
    at(index) {
      const point: SweptValues = {};
      for (const path in axes) point[path] = axes[path][choice(index, path)];
      return point;
    },
    place: (index, path) => ["parameters", path, choice(index, path)],
  };
}

/** Of the points of the whole grid, whose strides are given, the first for each combination of the values of some of its axes. */
function* combinations(axes: SweepParameters, strides: GridSize["strides"]): Generator<Point> {
  const points = gridPoints(axes);
  for (let i = 0; i < points.count; i++) {
    const place = (path: string) => points.place(i, path);
    const index = Object.keys(axes).reduce((sum, path) => sum + Number(place(path)[2]) * strides[path], 0);
    yield { index, swept: points.at(i), place };
  }
}

function* gridFlaws(parameters: SweepParameters): Generator<Flaw> {
  const paths = Object.keys(parameters);
  yield* pathFlaws(paths);
  const { strides, count } = gridSize(parameters);
  if (count > MAX_TRIALS) {
    const message = {
      en: `must make at most ${MAX_TRIALS} trials, found ${count}; remove values or parameters`,
      ja: `試行は ${MAX_TRIALS} 個までです（現在は ${count} 個）。値か設定を減らしてください`,
    };
    yield { path: [], message };
  }
  // In a grid two trials are equal exactly when one parameter lists a value twice.
  for (const path of paths) {
    for (
      const { index, earlier } of repeatedValues(parameters[path].map((value) => plainSetting(value, path)))
    ) {
      const value = showValue(parameters[path][index]);
      const [one, other] = [earlier * strides[path], index * strides[path]];
      const message = {
        en:
          `makes trials ${one} and ${other} equal: ${path} is ${value} in both; remove one of the two values`,
        ja:
          `試行 ${one} と試行 ${other} が同じになります（どちらも ${path} が ${value}）。重複する値の一方を取り除いてください`,
      };
      yield { path: [path, index], message };
    }
  }
}
