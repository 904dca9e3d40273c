import { z } from "zod";
import type { GradientsAnswer } from "../answers/answers.ts";
import type { GradingContext } from "../grading_context.ts";
import { isStepOfTraining } from "../notebook.ts";
import type { Outcome, Remark } from "../outcome.ts";
import { unanswered } from "../outcome.ts";
import { activationOf, slopeOf } from "../../nn/activation.ts";
import { type Method, RIGHT } from "../reference/method.ts";
import { activate, backward, forward, gradients } from "../reference/network.ts";
import { relativeError, sameShape, type Tensors, worstError } from "../tensors.ts";
import { activationSetting, defineCheck, rtolSetting } from "./check.ts";
import { type Earlier, judgeTensors, resembles, sameAs, sizesOf } from "./judge_tensors.ts";
import { areOfStep, simulateGradients } from "./simulate_gradients.ts";

/** Gradients that agree to less than this were not computed by the formula in float64, unless what they are made of was not either. */
const EXACT = 1e-10;

/** How near probabilities are that are right. */
const RIGHT_FORWARD = 1e-5;

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
  async run({ activation, reduction, rtol }, context) {
    const answer = await context.answers.gradients({ activation, reduction });
    if (answer.status !== "ok") return unanswered(answer);
    const asked = answer.value;
    const own = await ownForwardPass(asked, context);
    const outcome = judgeTensors({
      found: asked.found,
      simulate: await simulateGradients(asked, context),
      place: "backward",
      rtol,
      what: "gradients",
      t: context.t,
      sizes: sizesOf(asked),
      earlier: [
        ...own === null ? [] : [fromForward(asked, own, { rtol, context })],
        ...withStatedSlopes(asked, { rtol, context }),
      ],
    });
    const reason = outcome.fraction < 1 && await areOfStep(context)
      ? [outcome.reason, context.t.checks.ofStep].join(context.t.checks.space)
      : outcome.reason;
    const mixed = outcome.mistakes.length === 0 && outcome.follows.length === 0 &&
      mayShuffle(context) && mayBeOfOtherLabels(asked, rtol);
    const hint = mixed ? context.t.checks.otherLabelsHint : outcome.hint;
    return {
      ...outcome,
      hint,
      reason,
      otherwise: outcome.otherwise && withPlace(outcome.otherwise, asked, { own, context }),
      remarks: remarksOn(outcome, asked, { own, context }),
    };
  },
});

/** Where no more than mistakes of forward propagation explain the gradients, and that is right by itself: then they are made in the training. */
function withPlace(
  outcome: Outcome,
  { batch, activation }: GradientsAnswer,
  { own, context: { t: { checks } } }: { own: Tensors | null; context: GradingContext },
): Outcome {
  const { probabilities } = forward(batch, activation);
  const right = own !== null && relativeError(own.probabilities, probabilities) <= RIGHT_FORWARD;
  return right && outcome.mistakes.length > 0 && outcome.mistakes.every(({ place }) => place === "forward")
    ? { ...outcome, reason: [outcome.reason, checks.madeInTraining].join(checks.space) }
    : outcome;
}

/** Whether rows and labels went through a training of the student's: functions that are given ours shuffle nothing. */
function mayShuffle({ submission: { notebook } }: GradingContext): boolean {
  return notebook !== undefined && isStepOfTraining(notebook);
}

/**
 * Whether the last bias's gradient alone is right: the sum of probabilities minus labels is the same whichever label is taken for which row,
 * and no other gradient is.
 */
function mayBeOfOtherLabels({ found, batch, ...asked }: GradientsAnswer, rtol: number): boolean {
  const right = Object.entries(gradients(batch, asked)).filter(([name, array]) =>
    Object.hasOwn(found, name) && relativeError(found[name], array) <= rtol
  );
  return right.length === 1 && right[0][0] === Object.keys(batch.parameters).at(-1);
}

/** The activations and probabilities that the student got for the same batch; null where they are not all there. */
async function ownForwardPass(
  { batch, activation }: GradientsAnswer,
  { answers }: GradingContext,
): Promise<Tensors | null> {
  const name = typeof activation === "string" ? activation : activation[0];
  const answer = await answers.forward({ activation: name });
  if (answer.status !== "ok") return null;
  const { inputs: [, A1, A2], probabilities } = forward(batch, activation);
  const fits = Object.entries({ A1, A2, probabilities }).every(([name, { shape }]) =>
    Object.hasOwn(answer.value.found, name) && sameShape(answer.value.found[name].shape, shape)
  );
  return fits ? answer.value.found : null;
}

/** The gradients that follow from the student's own forward propagation. */
function fromForward(
  asked: GradientsAnswer,
  { A1, A2, probabilities }: Tensors,
  { rtol, context: { t } }: { rtol: number; context: GradingContext },
): Earlier {
  const { batch, activation } = asked;
  const following = backward(batch, { inputs: [batch.X, A1, A2], probabilities }, asked);
  const { inputs: [, ours1, ours2] } = forward(batch, activation);
  const attempted = resembles({ A1, A2 }, { A1: ours1, A2: ours2 });
  const agrees = sameAs(following, gradients(batch, asked), rtol);
  return {
    place: "forward",
    agrees: (name, found) => attempted && agrees(name, found),
    reason: t.checks.follows.forward,
  };
}

/**
 * The gradients of a network whose forward propagation has other activations than it is said to have, or none, with the derivatives of those:
 * taken of the sums, or of what leaves the layer.
 */
function withStatedSlopes(
  asked: GradientsAnswer,
  { rtol, context: { manifest, t } }: { rtol: number; context: GradingContext },
): Earlier[] {
  const { batch, activation } = asked;
  const stated = (layer: number) => activationOf(manifest.activation, layer);
  const layers = [1, 2].filter((layer) => activationOf(activation, layer) !== stated(layer));
  if (layers.length === 0) return [];
  const right = gradients(batch, asked);
  const slopes: Method["slope"][] = [
    // Without an activation what leaves a layer is its sums.
    (used, a, layer) => slopeOf(stated(layer), used === "identity" ? activate(stated(layer), a) : a),
    (_, a, layer) => slopeOf(stated(layer), a),
  ];
  return slopes.map((slope) => ({
    place: "forward",
    agrees: sameAs(gradients(batch, asked, { ...RIGHT, slope }), right, rtol),
    reason: t.checks.follows.statedSlopes,
  }));
}

/** Numerical differentiation is allowed; the instructor may want to know of it. */
function remarksOn(
  outcome: Outcome,
  { found, batch, activation, ...asked }: GradientsAnswer,
  { own, context }: { own: Tensors | null; context: GradingContext },
): Remark[] {
  if (outcome.fraction < 1 || outcome.otherwise !== null || context.manifest.dtype === "float32") return [];
  const error = worstError(found, gradients(batch, { ...asked, activation }));
  const single = Object.values(found).every(({ data }) => data.every((x) => Math.fround(x) === x));
  if (error < EXACT || single || own === null) return [];
  const { probabilities } = forward(batch, activation);
  const inexact = worstError({ probabilities: own.probabilities }, { probabilities }) >= EXACT;
  return inexact ? [] : [{ id: "by_differences", text: context.t.checks.byDifferences(error) }];
}
