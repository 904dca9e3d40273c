import type { Check } from "./check.ts";
import { judgeHistoryFile } from "./history_file.ts";
import { judgeHistoryOfClass } from "./history_of_class.ts";

/** The learning curve: an epoch's training loss is the mean over all its rows, and the validation loss that after the epoch. */
export const history: Check<"history"> = {
  kind: "history",
  run: ({ rtol }, context) =>
    context.program === null ? judgeHistoryFile(context, rtol) : judgeHistoryOfClass(context.program),
};
