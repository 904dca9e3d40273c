import { unanswered } from "../outcome.ts";
import { forward } from "../reference/network.ts";
import type { Check } from "./check.ts";
import { judgeTensors } from "./judge_tensors.ts";

/** Activations and probabilities are those of our reference. */
export const vector: Check<"vector"> = {
  kind: "vector",
  async run({ activation, rtol }, { answers }) {
    const answer = await answers.forward({ activation });
    if (answer.status !== "ok") return unanswered(answer);
    const { found, batch, activation: used } = answer.value;
    return judgeTensors({
      found,
      simulate(method) {
        const { inputs: [, A1, A2], probabilities } = forward(batch, used, method);
        return { A1, A2, probabilities };
      },
      home: "forward",
      rtol,
      what: "activations and probabilities",
    });
  },
};
