import { z } from "zod";
import { unanswered } from "../outcome.ts";
import { activationSetting, defineCheck, rtolSetting } from "./check.ts";
import { judgeUpdates } from "./judge_tensors.ts";

export const oneStep = defineCheck({
  kind: "one_step",
  about: "The parameters after one update are those of our reference.",
  settings: {
    through: z.enum(["step", "fit"]).default("step").describe(
      "Track ts: the function step, or the class's fit.",
    ),
    activation: activationSetting,
    rtol: rtolSetting(1e-3),
  },
  nameOf: ({ through }) => through === "fit" ? "one_step_fit" : "one_step",
  async run({ through, activation, rtol }, { answers }) {
    const answer = await answers.step({ through, activation });
    if (answer.status !== "ok") return unanswered(answer);
    return judgeUpdates(answer.value, {
      place: through === "step" ? "update" : "fit",
      rtol,
      what: "updates",
    });
  },
});
