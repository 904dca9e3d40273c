import { unanswered } from "../outcome.ts";
import { defineCheck, rtolSetting } from "./check.ts";
import { judgeUpdates } from "./judge_tensors.ts";

/** A batch of fewer rows than the batch size moves the parameters by the mean over its own rows. */
export const raggedBatch = defineCheck({
  kind: "ragged_batch",
  about: "A batch of fewer rows than the batch size is used rightly.",
  settings: { rtol: rtolSetting(1e-3) },
  async run({ rtol }, { answers }) {
    const answer = await answers.smallBatch();
    if (answer.status !== "ok") return unanswered(answer);
    return judgeUpdates(answer.value, { place: "batches", rtol, what: "updates by a smaller batch" });
  },
});
