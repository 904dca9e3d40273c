import { z } from "zod";
import { described, expecting, type Texts, type ValueRange } from "../../settings/setting.ts";
import type { Settings, SettingValue } from "../../settings/settings.ts";
import { keysAt, type LocatedValue, plainValue, valueAt } from "../yaml/located_value.ts";
import { EXAMPLE, LISTING_METHODS, listingMethodOf, listingSchemas, sweepPoints } from "./candidates.ts";
import type { Candidates } from "./candidates.ts";
import { halving } from "./halving.ts";
import type { Decided, ListingMethod, SweepWay } from "./method.ts";
import type { Flaw } from "./parameters.ts";

/** More runs than this a sweep only starts when told so. */
export const RUN_CAP = 1000;

const cap = {
  run_cap: described(z.int().min(1).max(1_000_000_000).default(RUN_CAP), {
    en: "A sweep of more runs than this (trials x seeds) only starts with --yes.",
    ja: "訓練の回数（試行の数 × シードの数）がこれを超えるスイープは、--yes を付けたときだけ始まります。",
  }),
};

/** The methods that train the trials of another one in rungs, by the names that configs know them by. */
const RUNG_METHODS = { halving };

const schemas = [...listingSchemas, ...Object.values(RUNG_METHODS).map(({ schema }) => schema)];

type Capped<Schema> = Schema extends z.ZodObject<infer Shape, infer Config>
  ? z.ZodObject<z.core.util.Extend<Shape, typeof cap>, Config>
  : never;
type SweepSchema = Capped<(typeof schemas)[number]>;

/** `sweep`, told apart by its method. */
export const sweepSchema = described(
  expecting(
    z.discriminatedUnion(
      "method",
      schemas.map((schema: z.ZodObject<z.ZodRawShape, z.core.$strict>) =>
        schema.safeExtend(cap)
      ) as unknown as [SweepSchema, ...SweepSchema[]],
    ),
    EXAMPLE,
  ),
  {
    en: "Which trials to run. Left out: the one that the settings above describe.",
    ja: "どの試行を行うかです。省略すると、上の設定の試行を 1 つだけ行います。",
  },
);

export type Sweep = z.output<typeof sweepSchema>;

/** What all methods have; none of them looks at the cap of its sweep. */
type Way = SweepWay<z.output<(typeof schemas)[number]>, Candidates>;

/** The way of the methods that list trials: all of them in one rung. */
const ONE_RUNG: Way = {
  candidates: (sweep) => sweep as Candidates,
  at: [],
  ranksByEpochs: false,
  rungs: (_, rung) => [rung],
  flaws: () => [],
  decides: () => [],
};

const METHODS: Readonly<Record<string, Way>> = {
  ...Object.fromEntries(Object.keys(LISTING_METHODS).map((name) => [name, ONE_RUNG])),
  ...RUNG_METHODS,
};

export function sweepMethodOf({ method }: Pick<Sweep, "method">): Way {
  return METHODS[method];
}

export function candidatesOf(sweep: Sweep): Candidates {
  return sweepMethodOf(sweep).candidates(sweep);
}

/** The paths that a sweep varies, in the order written. */
export function sweptPaths(sweep: Sweep): string[] {
  const candidates = candidatesOf(sweep);
  return listingMethodOf(candidates).paths(candidates);
}

/** The values that a sweep lists for a path, of any of its trials. */
export function listedValues(sweep: Sweep, path: string): readonly SettingValue[] {
  const candidates = candidatesOf(sweep);
  return listingMethodOf(candidates).values(candidates, path);
}

/** Between which values a sweep draws those of each path that it draws, in the order written. */
export function drawnRanges(sweep: Sweep): Record<string, ValueRange> {
  const candidates = candidatesOf(sweep);
  const { range } = listingMethodOf(candidates);
  const drawn = sweptPaths(sweep).flatMap((path) => {
    const found = range?.(candidates, path);
    return found === undefined ? [] : [[path, found] as const];
  });
  return Object.fromEntries(drawn);
}

/** What a sweep's writer should know before it begins, if anything. */
export function sweepAdvice(sweep: Sweep): Texts | undefined {
  const candidates = candidatesOf(sweep);
  return listingMethodOf(candidates).advice?.(candidates);
}

/** What is wrong with the trials of a sweep taken together: none left, too few, two that are equal. */
export function* sweepFlaws(sweep: Sweep, base: Settings): Generator<Flaw> {
  const { at, flaws } = sweepMethodOf(sweep);
  yield* flaws(sweep, base);
  const candidates = candidatesOf(sweep);
  const found = listingMethodOf(candidates).flaws(candidates, sweepPoints(candidates, base), base);
  for (const { path, message } of found) yield { path: [...at, ...path], message };
}

/** What of a sweep's method is known of a config that may be wrong. */
export interface WrittenSweep {
  /** Where its trials are listed. */
  readonly at: readonly string[];
  /** Undefined where there is no such method. */
  readonly listing: Pick<ListingMethod, "decides" | "fromFlag"> | undefined;
  readonly decided: readonly Decided[];
}

export function writtenSweep(root: LocatedValue): WrittenSweep {
  const named = <M>(methods: Readonly<Record<string, M>>, path: readonly string[]): M | undefined => {
    const method = valueAt(root, [...path, "method"]);
    const name = method === undefined ? "grid" : String(plainValue(method));
    return Object.hasOwn(methods, name) ? methods[name] : undefined;
  };
  const method = named(METHODS, ["sweep"]);
  const at = ["sweep", ...method?.at ?? []];
  const listing = named<NonNullable<WrittenSweep["listing"]>>(LISTING_METHODS, at);
  const candidates = valueAt(root, at);
  return {
    at,
    listing,
    decided: [
      ...candidates === undefined ? [] : listing?.decides(candidates, at.join(".")) ?? [],
      ...method?.decides(keysAt(root, ["sweep"])) ?? [],
    ],
  };
}
