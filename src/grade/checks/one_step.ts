import { updates } from "../answers/updates.ts";
import { unanswered } from "../outcome.ts";
import { step } from "../reference/network.ts";
import type { Check } from "./check.ts";
import { judgeTensors } from "./judge_tensors.ts";

/** The parameters move as they do in our reference. */
export const oneStep: Check<"one_step"> = {
  kind: "one_step",
  async run({ through, activation, rtol }, { answers }) {
    const answer = await answers.step({ through, activation });
    if (answer.status !== "ok") return unanswered(answer);
    const { found, batch, learningRate } = answer.value;
    const asked = answer.value;
    return judgeTensors({
      found,
      simulate: (method) => updates(batch.parameters, step(batch, asked, method), learningRate),
      home: through === "step" ? "update" : "fit",
      rtol,
      what: "updates",
    });
  },
};
