import type { Dataset } from "../data/dataset.ts";
import type { Split } from "../data/split.ts";
import { STANDARDISE_MODES } from "../data/standardise.ts";
import { checkActivation } from "./activation.ts";
import type { EarlyStopping } from "./early_stopping.ts";
import { checkInit } from "./initialize.ts";
import type { Optimizer, OptimizerSetting } from "./optimizers/optimizer.ts";
import { chosenOptimizer, type OptimizerChoice, OPTIMIZERS } from "./optimizers/optimizers.ts";
import { Checker } from "./range.ts";
import { type Schedule, SCHEDULE_OPTIONS, SCHEDULE_RANGES } from "./schedules/schedules.ts";
import type { TrainerOptions } from "./trainer.ts";
import { REDUCTIONS, SHUFFLES, STOPPING_RANGES, TRAINING_RANGES } from "./training_ranges.ts";

const check: Checker = new Checker("open a training");

/** What is not looked at elsewhere, as seeds and states are. */
interface CheckedOptions extends Partial<Omit<TrainerOptions, "seeds" | "counts">> {
  readonly limit?: number | undefined;
  readonly validation?: number;
  readonly rows?: Split;
}

/** More units than this have no room in 4 GiB, however few inputs they have. */
const MOST_UNITS = 2 ** 30;

/**
 * Throws RangeError unless every option is one that a training can be done with, and TypeError where sigma is missing: what the kernels are
 * given they do not look at.
 */
export function checkTraining(dataset: Dataset, options: CheckedOptions): void {
  const { hidden, batch_size, dropout = 0, standardise = false, rows, schedule, early_stopping } = options;
  check.list("hidden", hidden);
  for (const units of hidden) check.number("hidden", units, { ...TRAINING_RANGES.hidden, max: MOST_UNITS });
  checkActivation(check, options.activation);
  if (options.init !== undefined) checkInit(options.init, check);
  if (batch_size !== "full") check.number("batch_size", batch_size, TRAINING_RANGES.batch_size);
  for (const name of ["learning_rate", "scale"] as const) {
    check.number(name, options[name], TRAINING_RANGES[name]);
  }
  for (const name of ["epochs", "weight_decay", "clip_norm", "input_noise", "limit", "validation"] as const) {
    if (options[name] !== undefined) check.number(name, options[name], TRAINING_RANGES[name]);
  }
  for (const share of [dropout].flat()) check.number("dropout", share, TRAINING_RANGES.dropout);
  check.choice("reduction", options.reduction, REDUCTIONS);
  check.choice("shuffle", options.shuffle, SHUFFLES);
  check.choice("standardise", standardise, STANDARDISE_MODES);
  checkOptimizer(options.optimizer);
  if (schedule !== undefined) checkSchedule(schedule);
  if (typeof early_stopping === "object") checkStopping(early_stopping);
  else check.choice("early_stopping", early_stopping, [undefined, "none"]);
  if (rows !== undefined) {
    if (rows.train.length === 0) check.refuse("rows.train", "one row or more", "none");
    check.rows("rows.train", rows.train, dataset.train.count);
    check.rows("rows.validation", rows.validation, dataset.train.count);
  }
}

function checkOptimizer(choice: OptimizerChoice | undefined): void {
  const { name, ...set } = typeof choice === "object" ? choice : { name: choice };
  check.choice("optimizer", name, Object.keys(OPTIMIZERS));
  const { settings, clash }: Optimizer = OPTIMIZERS[name as keyof typeof OPTIMIZERS];
  for (const [key, value] of Object.entries(set)) {
    const setting = Object.entries<OptimizerSetting>(settings).find(([known]) => known === key)?.[1];
    if (setting === undefined) {
      return check.refuse("optimizer", `set by ${Object.keys(settings).join(", ") || "nothing"}`, key);
    }
    if (typeof setting.default === "boolean") check.choice(key, value, [true, false]);
    else check.number(key, value, setting);
  }
  const flaw = clash?.(chosenOptimizer(choice as OptimizerChoice).settings);
  if (flaw !== undefined) throw new RangeError(`Cannot open a training: ${flaw.setting} ${flaw.en}`);
}

function checkSchedule(schedule: Schedule): void {
  check.choice("schedule.method", schedule.method, Object.keys(SCHEDULE_OPTIONS));
  const values = new Map<string, unknown>(Object.entries(schedule));
  for (const name of Object.keys(SCHEDULE_OPTIONS[schedule.method])) {
    check.number(`schedule.${name}`, values.get(name), SCHEDULE_RANGES[name as keyof typeof SCHEDULE_RANGES]);
  }
  const { warmup } = schedule;
  const steps = typeof warmup === "object" ? warmup.steps : warmup;
  if (steps !== undefined) check.number("schedule.warmup", steps, SCHEDULE_RANGES.warmup);
}

function checkStopping({ patience, min_delta, restore_best }: EarlyStopping): void {
  check.number("early_stopping.patience", patience, STOPPING_RANGES.patience);
  check.number("early_stopping.min_delta", min_delta, STOPPING_RANGES.min_delta);
  check.choice("early_stopping.restore_best", restore_best, [true, false]);
}
