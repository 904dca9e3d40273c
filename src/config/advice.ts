import type { Texts } from "../text/language.ts";
import { sweepAdvice, sweptPaths } from "./methods/methods.ts";
import { firstBreak, type Rule, type RuleInput } from "./rules.ts";

/** Whether any trial has such a setting, so that all are looked at. */
function isSet(key: "schedule" | "dropout"): NonNullable<Rule["asked"]> {
  return ({ train, sweep }) =>
    train[key] !== undefined || (sweep !== undefined && sweptPaths(sweep).includes(`train.${key}`));
}

/** As far as the epochs alone tell it: how many steps one has, only the data say. */
function isAllWarmup({ warmup }: { warmup?: unknown }, epochs: number): boolean {
  return typeof warmup === "number" && warmup >= epochs;
}

/** Settings that may stand beside each other, but of which one then does nothing, or not what its writer wanted. */
const doubts: readonly Rule[] = [
  {
    reads: ["train.schedule", "train.epochs"],
    blames: "train.schedule",
    asked: isSet("schedule"),
    broken({ train: { schedule, epochs } }) {
      if (schedule === undefined || !isAllWarmup(schedule, epochs)) return undefined;
      const { method, warmup } = schedule;
      return {
        en: `the warm-up of train.schedule takes ${warmup} of the ${epochs} epochs that train.epochs says: ` +
          `the learning rate only rises, and the method, ${method}, never begins`,
        ja: `train.schedule の warmup（${warmup} エポック）が train.epochs（${epochs}）以上なので、` +
          `学習率は上がるだけで、method の ${method} は始まりません`,
      };
    },
  },
  {
    reads: ["train.schedule", "train.epochs", "train.learning_rate"],
    blames: "train.schedule",
    asked: isSet("schedule"),
    broken({ train: { schedule, epochs, learning_rate } }) {
      // In a warm-up that takes all epochs the method does nothing at all.
      if (schedule === undefined || !("to" in schedule) || isAllWarmup(schedule, epochs)) return undefined;
      const { method, to } = schedule;
      if (method === "cosine" ? to <= learning_rate : to < learning_rate) return undefined;
      const { en, ja } = method === "cosine"
        ? { en: "raises the learning rate", ja: "学習率が上がっていきます" }
        : { en: "never lowers the learning rate", ja: "学習率が下がることはありません" };
      return {
        en: `the to of train.schedule is ${to}, and train.learning_rate ${learning_rate}: ${method} ${en}`,
        ja:
          `train.schedule の to が ${to}、train.learning_rate が ${learning_rate} なので、${method} では${ja}`,
      };
    },
  },
  {
    reads: ["model.hidden", "train.dropout"],
    blames: "train.dropout",
    asked: isSet("dropout"),
    broken: ({ model: { hidden }, train: { dropout = 0 } }) =>
      hidden.length > 0 || dropout === 0 ? undefined : {
        en: `train.dropout is ${dropout}, but model.hidden is []: without a hidden layer it does nothing`,
        ja: `train.dropout は ${dropout} ですが、model.hidden が [] で隠れ層がないので、何も変わりません`,
      },
  },
];

/** So many trials are looked at, so that nobody waits: what is a mistake in none of them is hardly one of the config's. */
const MAX_CASES = 10_000;

/** What an experiment's writer should know before it begins: it is right, but can hardly be what is wanted. */
export function experimentAdvice(experiment: RuleInput): Texts[] {
  const { sweep } = experiment;
  const advice = sweep === undefined ? undefined : sweepAdvice(sweep);
  return [
    ...advice === undefined ? [] : [advice],
    ...doubts.flatMap((doubt) => doubtText(doubt, experiment)),
  ];
}

function doubtText(doubt: Rule, experiment: RuleInput): Texts[] {
  const found = firstBreak(doubt, experiment, MAX_CASES);
  if (found === undefined || found === "too many") return [];
  const { message, index, values } = found;
  if (values === "") return [message];
  return [{
    en: `trial ${index} (${values}): ${message.en}`,
    ja: `試行 ${index}（${values}）：${message.ja}`,
  }];
}
