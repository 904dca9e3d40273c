import { z } from "zod";
import { compareReference, referenceBand } from "../../metrics/compare_reference.ts";
import { criticalT } from "../../metrics/statistics.ts";
import { bestTest } from "../grading_context.ts";
import { scaledWrongly } from "../mistakes/pixels.ts";
import { graded, notGraded } from "../outcome.ts";
import { showNumber } from "../show_number.ts";
import { defineCheck } from "./check.ts";
import { explain, hintOf, titlesOf } from "./judge_tensors.ts";
import { ofOurTraining } from "./other_training.ts";

/** How many half-widths beyond the band's edge the last point is lost. */
const SLOPE = 3;

/** How often at most a right run may come out where it loses points. */
const UNLUCKY = 1e-3;

/**
 * Half the width of the interval in which one more run like n normal ones falls but UNLUCKY of the time, in their own standard deviation:
 * that is estimated from them, as their mean is, so that 7.9 of it are needed for 5 runs that only must not be worse.
 */
function predictionWidth(n: number, side: "worse" | "both"): number {
  const level = side === "worse" ? 1 - 2 * UNLUCKY : 1 - UNLUCKY;
  return criticalT(level, n - 1) * Math.sqrt(1 + 1 / n);
}

/** The numbers between which no points are lost. */
function boundsOf(
  { value, tolerance }: { value: number; tolerance: number },
  { metric, side }: { metric: "test_accuracy" | "test_loss"; side: "worse" | "both" },
): { from: string | null; to: string | null } {
  const [from, to] = [showNumber(value - tolerance), showNumber(value + tolerance)];
  if (side === "both") return { from, to };
  return metric === "test_accuracy" ? { from, to: null } : { from: null, to };
}

/** A metric, recomputed from the weights, against the band of our own runs with the same hyperparameters and other seeds. */
export const band = defineCheck({
  kind: "band",
  about: "A metric is within a band of what our engine reaches with the same hyperparameters.",
  settings: {
    metric: z.enum(["test_accuracy", "test_loss"]).default("test_accuracy").describe(
      "Recomputed from the weights.",
    ),
    side: z.enum(["worse", "both"]).default("worse").describe(
      "Whether only worse values than the band lose points.",
    ),
    max_z: z.number().positive().default(4).describe(
      "Half the band's width, in standard deviations over our seeds. It is wider where of so few seeds one right run in a thousand would " +
        "fall outside.",
    ),
    floor: z.number().min(0).default(0.003).describe(
      "The least half-width of the band, in the metric's unit.",
    ),
  },
  evaluates: true,
  async run({ metric, side, max_z, floor }, context) {
    const evaluated = await context.evaluated();
    if ("status" in evaluated) return evaluated;
    const incomparable = await context.incomparable();
    if (incomparable !== null) return incomparable;
    const t = context.t.files;
    const { mistakes, other, shifted } = evaluated;
    const test = bestTest(evaluated);
    const { settings: { epochs }, comparedEpochs } = context;
    const shortened = comparedEpochs < epochs;
    // The loss on the test images may rise again while accuracy stays: then shorter runs say nothing of a longer one.
    if (shortened && metric === "test_loss") {
      return notGraded(["bandShortened", comparedEpochs, epochs], context.t);
    }
    const found = metric === "test_accuracy" ? test.accuracy : test.loss;
    const runs = await context.runs();
    if (!runs.ok) return notGraded(runs.fault, context.t);
    const values = runs.value.map((run) => run[metric]).filter((value) => value !== null);
    if (values.length < 2) {
      const diverged = runs.value.length - values.length;
      return notGraded(["runsDiverged", diverged, runs.value.length], context.t);
    }
    const maxZ = Math.max(max_z, predictionWidth(values.length, side));
    const target = referenceBand(metric, values, { maxZ, floor });
    const { difference, within } = compareReference(found, target);
    const [value, deviation] = [showNumber(target.value), showNumber(target.deviation)];
    const reference = shortened
      ? t.bandReferenceShortened({ runs: values.length, epochs: comparedEpochs, value, deviation })
      : t.bandReference({ runs: values.length, value, deviation });
    if (difference === null) return graded(0, t.bandNotFinite({ metric, found, reference }));
    const titles = titlesOf(mistakes, context.t);
    const notes = [
      ...(mistakes.length === 0 ? [] : [t.runAsOwn(titles)]),
      ...(other === null || test !== other.test
        ? []
        : [t.bandOtherInputs(context.t.checks.mistakes[other.mistake.id].title)]),
    ];
    const told = t.bandFound({
      metric,
      found: showNumber(found),
      reference,
      difference: showNumber(Math.abs(difference)),
      below: difference < 0,
      deviations: target.deviation > 0 ? showNumber(Math.abs(difference) / target.deviation) : null,
    });
    const reason = [told, ...notes].join(context.t.checks.space);
    const better = metric === "test_accuracy" ? difference > 0 : difference < 0;
    if (within || (side === "worse" || shortened) && better) return graded(1, reason);
    const excess = Math.abs(difference) / target.tolerance - 1;
    const pixels = scaledWrongly(context.submission.notebook?.pixels);
    const named = shifted !== null ? [shifted] : pixels !== null ? [pixels] : [];
    // What is known to be wrong has no points for being near, however wide the band is.
    const outcome = graded(
      shifted === null ? 1 - excess / SLOPE : 0,
      [reason, ...explain(shifted === null ? [] : named, context.t)].join(context.t.checks.space),
      {
        hint: hintOf(shifted === null && other !== null ? [other.mistake] : named, context.t) ??
          t.bandHint(
            boundsOf(target, { metric, side: shortened ? "worse" : side }),
            context.likelyCause,
          ),
        mistakes: named,
      },
    );
    return ofOurTraining(outcome, context);
  },
});
