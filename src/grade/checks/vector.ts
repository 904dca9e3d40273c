import { unanswered } from "../outcome.ts";
import { forward } from "../reference/network.ts";
import { activationSetting, defineCheck, rtolSetting } from "./check.ts";
import { judgeTensors } from "./judge_tensors.ts";

export const vector = defineCheck({
  kind: "vector",
  about: "Activations and probabilities are those of our reference.",
  settings: { activation: activationSetting, rtol: rtolSetting(1e-5) },
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
      place: "forward",
      rtol,
      what: "activations and probabilities",
    });
  },
});
