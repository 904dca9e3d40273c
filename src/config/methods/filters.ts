import { z } from "zod";
import { applyParameters } from "../../settings/apply_parameters.ts";
import { described, expecting, refuse } from "../../settings/setting.ts";
import type { Settings, SettingValue } from "../../settings/settings.ts";
import { COMPARISON, comparisonFlaw, compileConditions, type Conditions } from "./conditions.ts";
import type { Points, SweptValues } from "./method.ts";
import { type Flaw, ordered, sweepableObject } from "./parameters.ts";

/** Points that are filtered are looked at one by one, all of them: a second's worth. */
const MAX_FILTERED = 1_000_000;

/** And so is this, where there are many conditions: a point is compared with each of them. */
const MAX_COMPARISONS = 10_000_000;

/** How many points the filters can look at in about a second. */
export function mostFiltered(filters: Filters): number {
  return Math.min(MAX_FILTERED, Math.floor(MAX_COMPARISONS / Math.max(1, conditionsOf(filters))));
}

/** Says what is wrong where a sweep makes more points than its filters can look at. */
export function checkFiltered(count: number, filters: Filters, context: z.core.$RefinementCtx): void {
  const keys = filterKeys(filters);
  const most = mostFiltered(filters);
  if (keys.length === 0 || count <= most) return;
  const conditions = most < MAX_FILTERED ? conditionsOf(filters) : null;
  const choosing = (conditions === null ? "" : `the ${conditions} conditions of `) + keys.join(" and ");
  refuse(context, ["parameters"], {
    en: `must make at most ${most} combinations for ${choosing} to choose from, found ${count}`,
    ja: `${keys.join(" と ")}${
      conditions === null ? " " : ` の ${conditions} 個の条件`
    }で選べる組み合わせは ${most} 通りまでです（現在は ${count} 通り）`,
  });
}

function conditionsOf({ where = [], exclude = [] }: Filters): number {
  return [...where, ...exclude].reduce((sum, rule) => sum + Object.keys(rule).length, 0);
}

const comparisonText = expecting(z.string().regex(COMPARISON), {
  en: "a comparison such as `<= 0.1`",
  ja: "`<= 0.1` のような比較",
});

const conditions = ordered<SettingValue>(
  // A text that is a value of the setting is that value: only what is not is a comparison.
  sweepableObject((schema) => z.union([schema, comparisonText]) as z.ZodType<SettingValue>),
  {
    flaws: conditionFlaws,
    description: {
      en: "What several settings of a trial are, all of them.",
      ja: "試行の設定についての条件です。すべてが成り立つことを求めます。",
    },
    example: { "train.learning_rate": "<= 0.1" },
  },
);

const rule = {
  en:
    "Each setting has a value, or a comparison (<, <=, >, >=, ==, !=) with a number, a value or another setting, " +
    'such as "<= 0.1".',
  ja: '設定ごとに、値か、数・値・ほかの設定との比較（<、<=、>、>=、==、!=）を書きます。例："<= 0.1"',
};

export const filterShape = {
  exclude: described(z.array(conditions).min(1).optional(), {
    en: `Trials to leave out: those for which everything that one of these says holds. ${rule.en}`,
    ja: `除く試行です。並べた条件のどれか 1 つが、書いたとおりすべて成り立つ試行を除きます。${rule.ja}`,
  }),
  where: described(z.array(conditions).min(1).optional(), {
    en: `Only trials for which all of this holds. ${rule.en}`,
    ja: `残す試行です。並べた条件がすべて成り立つ試行だけを残します。${rule.ja}`,
  }),
};

export interface Filters {
  /** Each one leaves out the trials for which all of it holds. */
  readonly exclude?: readonly Conditions[] | undefined;
  /** All of it must hold for a trial. */
  readonly where?: readonly Conditions[] | undefined;
}

/** Which points the filters keep; undefined where there are none. */
export function keeper(filters: Filters, base: Settings): ((point: SweptValues) => boolean) | undefined {
  const { where = [], exclude = [] } = filters;
  if (where.length + exclude.length === 0) return undefined;
  const wanted = where.map(compileConditions);
  const refused = exclude.map(compileConditions);
  return (point) => {
    const settings = applyParameters(base, point);
    return wanted.every((holds) => holds(settings)) && !refused.some((holds) => holds(settings));
  };
}

/** The points that the filters keep, in their order. Looks at every point at once. */
export function filteredPoints(points: Points, filters: Filters, base: Settings): Points {
  const keep = keeper(filters, base);
  if (keep === undefined) return points;
  const kept: number[] = [];
  for (let index = 0; index < points.count; index++) if (keep(points.at(index))) kept.push(index);
  return {
    count: kept.length,
    at: (index) => points.at(kept[index]),
    place: (index, path) => points.place(kept[index], path),
  };
}

/** The filters of a sweep that has some, as the keys that they stand under. */
export function filterKeys(filters: Filters): ("where" | "exclude")[] {
  return (["where", "exclude"] as const).filter((key) => filters[key] !== undefined);
}

export function* emptyFlaws(filters: Filters, points: Points): Generator<Flaw> {
  const [key] = filterKeys(filters);
  if (key === undefined || points.count > 0) return;
  yield {
    path: [key],
    message: {
      en: "leaves no trial; loosen it",
      ja: "条件に合う試行がひとつも残りません。条件を緩めてください",
    },
  };
}

/** Reports conditions on settings that the sweep does not vary: they would keep all trials or none. */
export function filterFlaws(
  { exclude = [], where = [], parameters }: Filters & { parameters: Readonly<Record<string, unknown>> },
  context: z.core.$RefinementCtx,
): void {
  const swept = Object.keys(parameters);
  for (const [key, list] of Object.entries({ exclude, where })) {
    for (const [index, conditions] of list.entries()) {
      for (const path of Object.keys(conditions)) {
        if (swept.some((other) => `${path}.`.startsWith(`${other}.`) || other.startsWith(`${path}.`))) {
          continue;
        }
        refuse(context, [key, index, path], {
          en: "is the same in every trial: the sweep does not vary it",
          ja: "スイープで変化させていない設定なので、どの試行でも同じ値です",
        });
      }
    }
  }
}

function* conditionFlaws(conditions: Conditions): Generator<Flaw> {
  if (Object.keys(conditions).length === 0) {
    const message = {
      en: "must name at least one setting, found none",
      ja: "設定を 1 つ以上書いてください（ひとつもありません）",
    };
    yield { path: [], message };
  }
  for (const [path, written] of Object.entries(conditions)) {
    const message = comparisonFlaw(path, written);
    if (message !== undefined) yield { path: [path], message };
  }
}
