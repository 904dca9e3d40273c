import { applyParameters } from "./apply_parameters.ts";
import { gridChoice, gridPoint, gridSize } from "./grid.ts";
import type { Settings } from "./settings_schema.ts";
import { showValue } from "./show_value.ts";
import type { SettingValue } from "./sweepable.ts";
import type { SweepParameters } from "./sweep_schema.ts";

/** What the rules look at. */
export interface RuleInput extends Settings {
  /** By what trials are ranked. */
  report: { metric: string };
  /** What is swept, if anything. */
  sweep?: { parameters: SweepParameters } | undefined;
}

/** A broken rule, in the form of a zod issue. */
export interface RuleIssue {
  /** Where in the config. */
  path: (string | number)[];
  /** What is wrong, to follow the path. */
  message: string;
}

/** The settings of one trial, before it is known to make sense. */
export interface Candidate extends Settings {
  /** The metric that trials are ranked by. */
  metric: string;
  /** The values that the sweep gave it, of those that the rule reads. */
  swept: Readonly<Record<string, SettingValue>>;
}

/** A rule between settings, each of them right for itself. */
export interface Rule {
  /** The settings that it reads, which must be right for themselves before it can be asked. */
  readonly reads: readonly string[];
  /** The setting to blame, if it is not a swept one. */
  readonly blames: string;
  /** What is wrong with the settings of one trial, if anything. */
  readonly broken: (candidate: Candidate) => string | undefined;
}

/** Every rule between settings. One that a single section can check for itself is in that section's schema. */
export const rules: readonly Rule[] = [
  {
    reads: ["model.init"],
    blames: "model.init.sigma",
    broken: ({ model, swept }) =>
      "model.init.sigma" in swept && model.init.method !== "gaussian"
        ? `has no meaning with method ${model.init.method}; sweep it with method gaussian only, ` +
          "or sweep model.init as a whole: [{method: gaussian, sigma: 0.01}, {method: he}]"
        : undefined,
  },
  {
    reads: ["preprocess.validation", "report.metric"],
    blames: "preprocess.validation",
    broken: ({ preprocess, metric }) =>
      preprocess.validation === 0 && metric.startsWith("val_")
        ? `must be above 0 where report.metric is ${metric}, found 0: no images are left to measure it on; ` +
          "raise it, or set report.metric to train_loss, test_accuracy or test_loss"
        : undefined,
  },
  {
    reads: ["preprocess.validation", "preprocess.limit"],
    blames: "preprocess.limit",
    broken: ({ preprocess: { limit, validation } }) => {
      if (limit === undefined) return undefined;
      const held = Math.ceil(limit * validation);
      return held < limit
        ? undefined
        : `must leave images to train on, found ${limit}, of which validation (${validation}) takes ${held}; raise it, or lower validation`;
    },
  },
];

/** The first trial that breaks `rule`, if any. Only the parameters that the rule reads are expanded, not the whole sweep. */
export function brokenRule(rule: Rule, experiment: RuleInput): RuleIssue | undefined {
  const parameters = experiment.sweep?.parameters ?? {};
  const { metric } = experiment.report;
  const axes = Object.fromEntries(
    Object.entries(parameters).filter(([path]) =>
      rule.reads.some((read) => path === read || path.startsWith(`${read}.`))
    ),
  );
  const size = gridSize(axes);
  for (let index = 0; index < size.count; index++) {
    const swept = gridPoint(axes, size, index);
    const message = rule.broken({ ...applyParameters(experiment, swept), metric, swept });
    if (message === undefined) continue;
    const names = Object.keys(axes);
    const blamed = names.includes(rule.blames) ? rule.blames : names.at(-1);
    if (blamed === undefined) return { path: rule.blames.split("."), message };
    const { strides } = gridSize(parameters);
    const trial = names.reduce((sum, name) => sum + gridChoice(axes, size, name, index) * strides[name], 0);
    const values = names.map((name) => `${name} ${showValue(swept[name])}`).join(", ");
    return {
      path: ["sweep", "parameters", blamed, gridChoice(axes, size, blamed, index)],
      message: `trial ${trial} (${values}) cannot run: ${rule.blames} ${message}`,
    };
  }
}
