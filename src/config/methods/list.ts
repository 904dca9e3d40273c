import { z } from "zod";
import { applyParameters } from "../../settings/apply_parameters.ts";
import { described } from "../../settings/setting.ts";
import { settingAt, type SettingValue } from "../../settings/settings.ts";
import { keysAt, valueAt } from "../yaml/located_value.ts";
import { listingMethod, type SweptValues } from "./method.ts";
import { ordered, pathFlaws, repeatedValues, sweepableObject } from "./parameters.ts";

const trial = ordered<SettingValue>(sweepableObject((schema) => schema as z.ZodType<SettingValue>), {
  flaws: (trial) => pathFlaws(Object.keys(trial)),
  description: { en: "What one trial sets.", ja: "1 つの試行の設定です。" },
  example: { "train.learning_rate": 0.1, "model.hidden": [100] },
});

const schema = z.strictObject({
  method: described(z.literal("list"), {
    en: "list: the trials one by one.",
    ja: "list：試行を 1 つずつ書き並べます。",
  }),
  trials: described(z.array(trial).min(1), {
    en: "The trials, each with what it sets, as `{train.learning_rate: 0.1, model.hidden: [100]}`. " +
      "What one leaves out is as in the settings above.",
    ja:
      "試行のリストです。それぞれに、変える設定を書きます。例：`{train.learning_rate: 0.1, model.hidden: [100]}`。" +
      "書かなかった設定は、sweep の外に書いたとおりになります。",
  }),
});

/**
 * The trials as listed. Each point has all paths that any of them sets, so that they can be compared: where a trial leaves one out,
 * it has what its settings have there, if anything.
 */
export const list = listingMethod({
  schema,
  paths,
  places: ({ trials }, path) =>
    trials.flatMap((trial, index) => path in trial ? [["trials", index, path]] : []),
  values: ({ trials }, path) => trials.flatMap((trial) => path in trial ? [trial[path]] : []),
  points(sweep, base) {
    const { trials } = sweep;
    const all = paths(sweep);
    return {
      count: trials.length,
      at(index) {
        const trial = trials[index];
        const settings = applyParameters(base, trial);
        const point: SweptValues = {};
        for (const path of all) {
          const value = trial[path] ?? (overlaps(path, trial) ? undefined : settingAt(settings, path));
          if (value !== undefined) point[path] = value;
        }
        return point;
      },
      place: (index, path) => path in trials[index] ? ["trials", index, path] : ["trials", index],
    };
  },
  *flaws({ trials }, _, base) {
    for (const { index, earlier } of repeatedValues(trials.map((trial) => applyParameters(base, trial)))) {
      const message = {
        en: `is the same as trial ${earlier}; remove one of the two`,
        ja: `試行 ${earlier} と同じです。どちらかを取り除いてください`,
      };
      yield { path: ["trials", index], message };
    }
  },
  decides(written) {
    const trials = valueAt(written, ["trials"])?.content;
    const [first = [], ...others] = Array.isArray(trials) ? trials.map((trial) => keysAt(trial, [])) : [];
    return first.filter((path) => others.every((trial) => trial.includes(path)))
      .map((path) => ({
        path,
        why: {
          en: `each trial of the sweep has its own ${path}`,
          ja: `スイープのどの試行も ${path} を自分で指定しています`,
        },
      }));
  },
  fromFlag: () => ({
    en: "cannot be added to a sweep of method list, whose trials are written one by one",
    ja: "method が list のスイープは試行を 1 つずつ書くものなので、値を加えられません",
  }),
});

function paths({ trials }: { trials: readonly SweptValues[] }): string[] {
  return [...new Set(trials.flatMap((trial) => Object.keys(trial)))];
}

/** Whether the trial sets the whole that `path` is a part of, or a part of it. */
function overlaps(path: string, trial: SweptValues): boolean {
  return Object.keys(trial).some((other) => path.startsWith(`${other}.`) || other.startsWith(`${path}.`));
}
