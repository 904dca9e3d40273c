import { z } from "zod";
import { described } from "../../settings/setting.ts";
import { plainSetting } from "../../settings/settings.ts";
import { checkFiltered, emptyFlaws, filteredPoints, filterFlaws, filterShape } from "./filters.ts";
import { listingMethod, type Points } from "./method.ts";
import { byParameters, listsOfValues, ordered, pathFlaws, repeatedValues } from "./parameters.ts";
import type { Flaw, SweepParameters } from "./parameters.ts";

const schema = z.strictObject({
  method: described(z.literal("zip"), {
    en: "zip: the first value of every parameter, then the second of every one, and so on.",
    ja: "zip：各リストの 1 番目の値の組、2 番目の値の組、と順に試します。",
  }),
  parameters: ordered(listsOfValues, {
    example: { "train.learning_rate": [0.01, 0.1], "train.batch_size": [10, 100] },
    flaws: zipFlaws,
    description: {
      en:
        "The settings to vary, each with a list of values; all lists are of one length. Trial i has the i-th value of each.",
      ja:
        "変化させる設定と、値のリストです。リストの長さはすべて同じにします。試行 i は各リストの i 番目の値を使います。",
    },
  }),
  ...filterShape,
}).superRefine(filterFlaws).superRefine((sweep, context) => {
  checkFiltered(zipPoints(sweep.parameters).count, sweep, context);
});

export const zip = listingMethod({
  schema,
  ...byParameters,
  values: ({ parameters }, path) => parameters[path] ?? [],
  points: (sweep, base) => filteredPoints(zipPoints(sweep.parameters), sweep, base),
  flaws: emptyFlaws,
});

function zipPoints(parameters: SweepParameters): Points {
  const entries = Object.entries(parameters);
  return {
    count: entries[0]?.[1].length ?? 0,
    at: (index) => Object.fromEntries(entries.map(([path, values]) => [path, values[index]])),
    place: (index, path) => ["parameters", path, index],
  };
}

function* zipFlaws(parameters: SweepParameters): Generator<Flaw> {
  const paths = Object.keys(parameters);
  yield* pathFlaws(paths);
  const [first] = paths;
  const length = parameters[first]?.length ?? 0;
  const other = paths.find((path) => parameters[path].length !== length);
  if (other !== undefined) {
    const found = parameters[other].length;
    const message = {
      en: `must have as many values as ${first}, which has ${length}, found ${found}`,
      ja: `値の個数を ${first}（${length} 個）とそろえてください（現在は ${found} 個）`,
    };
    return yield { path: [other], message };
  }
  const rows = Array.from(
    { length },
    (_, index) => paths.map((path) => plainSetting(parameters[path][index], path)),
  );
  for (const { index, earlier } of repeatedValues(rows)) {
    const message = {
      en: `makes trials ${earlier} and ${index} equal; remove one of the two from every list`,
      ja: `試行 ${earlier} と試行 ${index} が同じになります。すべてのリストから一方を取り除いてください`,
    };
    yield { path: [first, index], message };
  }
}
