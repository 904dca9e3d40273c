import { updates } from "../answers/updates.ts";
import { unanswered } from "../outcome.ts";
import { step } from "../reference/network.ts";
import type { Check } from "./check.ts";
import { judgeTensors } from "./judge_tensors.ts";

/** A batch of fewer rows than the batch size moves the parameters by the mean over its own rows. */
export const raggedBatch: Check<"ragged_batch"> = {
  kind: "ragged_batch",
  async run({ rtol }, { answers }) {
    const answer = await answers.smallBatch();
    if (answer.status !== "ok") return unanswered(answer);
    const { found, batch, learningRate } = answer.value;
    const asked = answer.value;
    return judgeTensors({
      found,
      simulate: (method) => updates(batch.parameters, step(batch, asked, method), learningRate),
      home: "batches",
      rtol,
      what: "updates by a smaller batch",
    });
  },
};
