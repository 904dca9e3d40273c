import { updates } from "../answers/answers.ts";
import { unanswered } from "../outcome.ts";
import { step } from "../reference/network.ts";
import { defineCheck, rtolSetting } from "./check.ts";
import { judgeTensors } from "./judge_tensors.ts";

/** A batch of fewer rows than the batch size moves the parameters by the mean over its own rows. */
export const raggedBatch = defineCheck({
  kind: "ragged_batch",
  about: "A batch of fewer rows than the batch size is used rightly.",
  settings: { rtol: rtolSetting(1e-3) },
  async run({ rtol }, { answers }) {
    const answer = await answers.smallBatch();
    if (answer.status !== "ok") return unanswered(answer);
    const { found, batch, learningRate } = answer.value;
    const asked = answer.value;
    return judgeTensors({
      found,
      simulate: (method) => updates(batch.parameters, step(batch, asked, method), learningRate),
      place: "batches",
      rtol,
      what: "updates by a smaller batch",
    });
  },
});
