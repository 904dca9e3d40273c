import { z } from "zod";
import { type Points, POINTS_DEFAULTS, resolvePoints } from "../../data/points/points.ts";
import { SHAPE_NAMES, SHAPES } from "../../data/points/shapes.ts";
import { described, expecting, type Language, refuse } from "../../settings/setting.ts";

const MAX_DRAWN = 100_000;
/** Both lists of as many are below what a config may hold: see MAX_VALUES. */
const MAX_GIVEN = 1400;
/** So that each class has a colour of its own: see the report's palette. */
const MAX_LABEL = 5;

const { count, noise, seed } = POINTS_DEFAULTS;
const coordinate = z.number().min(-1000).max(1000);
const given = z.array(
  expecting(z.tuple([coordinate, coordinate, z.int().min(0).max(MAX_LABEL)]), {
    en: `a point as [x, y, label], such as [0.5, -0.2, 1], its label 0 to ${MAX_LABEL}`,
    ja: `[0.5, -0.2, 1] のような [x, y, ラベル]（ラベルは 0〜${MAX_LABEL} の整数）`,
  }),
).max(MAX_GIVEN);

const shapesIn = (language: Language) =>
  SHAPE_NAMES.map((name) => `${name} (${SHAPES[name].title[language]})`).join(
    language === "en" ? ", " : "、",
  );

/** What only drawn points have, and what only given ones have. */
const DRAWN = ["count", "test", "noise", "seed"] as const;
const GIVEN = ["points", "test_points"] as const;

/** Points in a plane, drawn or given; its value has every default filled in. */
export const pointsSchema = z
  .strictObject({
    shape: described(z.enum([...SHAPE_NAMES, "own"]), {
      en: `What the classes look like: ${shapesIn("en")}; or own, your own points.`,
      ja: `クラスの形です：${shapesIn("ja")}、own（自分で与える点）。`,
    }),
    count: described(z.int().min(2).max(MAX_DRAWN).optional().meta({ default: count }), {
      en: "How many points are drawn to learn from, validation included; every second one is of class 1.",
      ja: "訓練に使う点の数です（検証データに回す分を含みます）。2 つのクラスは半分ずつです。",
    }),
    test: described(z.int().min(1).max(MAX_DRAWN).optional(), {
      en: "How many points are drawn for the test. Left out: as many as count.",
      ja: "テストに使う点の数です。省略すると count と同じです。",
    }),
    noise: described(z.number().min(0).max(1).optional().meta({ default: noise }), {
      en:
        "Standard deviation of the normal numbers that are added to both coordinates, which are about -1 to 1. With shape gaussians it is " +
        "0.15 more: the classes are Gaussians of deviation 0.15 without noise.",
      ja:
        "点の座標（およそ -1〜1）に加える正規乱数の標準偏差です。shape が gaussians のときは、これに 0.15 を足した値になります" +
        "（ノイズが 0 でも標準偏差 0.15 の正規分布です）。",
    }),
    seed: described(z.int().min(0).max(2 ** 32 - 1).optional().meta({ default: seed }), {
      en: "Seed of np.random.RandomState that draws the points, whatever a run's seed.",
      ja: "点を引く np.random.RandomState のシードです。訓練のシードにはよりません。",
    }),
    points: described(given.min(2).optional(), {
      en: "With shape own: the points to learn from, validation included, each [x, y, label].",
      ja:
        "shape が own のときの、訓練に使う点です（検証データに回す分を含みます）。各点は [x, y, ラベル] です。",
    }),
    test_points: described(given.min(1).optional(), {
      en:
        "With shape own: the points for the test. Left out: those of `points`, so that test numbers are of points that were learned.",
      ja:
        "shape が own のときの、テストに使う点です。省略すると points をそのまま使うので、テストの数値も学習に使った点での値になります。",
    }),
  })
  .transform((written, context): Points => {
    const { shape, points, test_points } = written;
    const foreign = (shape === "own" ? DRAWN : GIVEN).filter((key) => written[key] !== undefined);
    for (const key of foreign) {
      refuse(context, [key], {
        en: shape === "own"
          ? "has no meaning with shape own, whose points are given; remove it"
          : `has no meaning with shape ${shape}, whose points are drawn; remove it or use shape own`,
        ja: shape === "own"
          ? "shape が own のときは、点を自分で与えるので意味がありません。取り除いてください"
          : `shape が ${shape} のときは、点をプログラムが引くので意味がありません。取り除くか、shape を own にしてください`,
      });
    }
    if (shape === "own" && points === undefined) {
      refuse(context, ["points"], {
        en: "is missing; shape own needs points, each [x, y, label], such as [[0, 0, 0], [1, 1, 1]]",
        ja:
          "必須のキーがありません。shape が own のときは、[[0, 0, 0], [1, 1, 1]] のように各点を [x, y, ラベル] で指定してください",
      });
    }
    const largest = Math.max(1, ...points?.map(([, , label]) => label) ?? []);
    const unknown = test_points?.findIndex(([, , label]) => label > largest) ?? -1;
    if (shape === "own" && points !== undefined && unknown >= 0) {
      refuse(context, ["test_points", unknown, 2], {
        en: `must be at most ${largest}, the largest label of points, found ${test_points?.[unknown][2]}`,
        ja: `points のラベルの最大値 ${largest} 以下でなければなりません（現在の値：${
          test_points?.[unknown][2]
        }）`,
      });
    }
    return shape === "own"
      ? resolvePoints({ shape, points: points ?? [], test_points })
      : resolvePoints({ ...written, shape });
  });
