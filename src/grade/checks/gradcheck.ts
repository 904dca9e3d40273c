import { unanswered } from "../outcome.ts";
import { gradients } from "../reference/network.ts";
import type { Check } from "./check.ts";
import { judgeTensors } from "./judge_tensors.ts";

/** Every gradient is that of our reference. */
export const gradcheck: Check<"gradcheck"> = {
  kind: "gradcheck",
  async run({ activation, reduction, rtol }, { answers }) {
    const answer = await answers.gradients({ activation, reduction });
    if (answer.status !== "ok") return unanswered(answer);
    const { found, batch } = answer.value;
    const asked = answer.value;
    return judgeTensors({
      found,
      simulate: (method) => gradients(batch, asked, method),
      home: "backward",
      rtol,
      what: "gradients",
    });
  },
};
