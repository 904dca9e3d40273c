import { z } from "zod";
import { unanswered } from "../outcome.ts";
import { gradients } from "../reference/network.ts";
import { activationSetting, defineCheck, rtolSetting } from "./check.ts";
import { judgeTensors } from "./judge_tensors.ts";

export const gradcheck = defineCheck({
  kind: "gradcheck",
  about: "Every gradient is that of our reference.",
  settings: {
    activation: activationSetting,
    reduction: z.enum(["mean", "sum"]).default("mean").describe(
      "Track ts: the reduction that is asked for. Track artifact: that of the manifest.",
    ),
    rtol: rtolSetting(1e-4),
  },
  async run({ activation, reduction, rtol }, { answers }) {
    const answer = await answers.gradients({ activation, reduction });
    if (answer.status !== "ok") return unanswered(answer);
    const { found, batch } = answer.value;
    const asked = answer.value;
    return judgeTensors({
      found,
      simulate: (method) => gradients(batch, asked, method),
      place: "backward",
      rtol,
      what: "gradients",
    });
  },
});
