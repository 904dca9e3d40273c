import { z } from "zod";
import type { GradeMessages } from "../messages/messages.ts";
import type { GradeTensor } from "../student_program.ts";
import type { Mistake } from "../mistakes/mistake.ts";
import { START } from "../mistakes/start.ts";
import { graded, unanswered } from "../outcome.ts";
import { showNumber } from "../show_number.ts";
import { defineCheck } from "./check.ts";
import { explain, hintOf } from "./judge_tensors.ts";

/** How near a standard deviation must be to a wrong one to be taken for it. */
const NEAR = 0.15;

const OF_BIASES = [START.biases_start_at_zero, START.biases_start_at_one];

/**
 * First weights have mean 0 and standard deviation sigma: for n normal numbers the mean's standard error is sigma / sqrt(n), that of the
 * standard deviation about sigma / sqrt(2n). Each layer's weights count, and all biases together.
 */
export const moments = defineCheck({
  kind: "moments",
  about: "First weights have mean 0 and standard deviation sigma, as z-tests tell.",
  settings: {
    max_z: z.number().positive().default(5).describe(
      "How many standard errors the mean and the standard deviation may be off.",
    ),
  },
  async run({ max_z }, context) {
    const { answers, manifest, program, t } = context;
    const answer = await answers.initialize();
    if (answer.status !== "ok") return unanswered(answer);
    const { found, sizes, sigma } = answer.value;
    const weights = sizes.slice(1).map((_, l) => values(found[`W${l + 1}`]));
    const biases = sizes.slice(1).flatMap((_, l) => values(found[`B${l + 1}`]));
    const texts = t.checks.moments;
    const groups: [string, number[]][] = [
      ...weights.map((numbers, l): [string, number[]] => [`W${l + 1}`, numbers]),
      [texts.biases, biases],
    ];
    const faults = groups.flatMap(([name, numbers]) => {
      const fault = judge(numbers, { sigma, maxZ: max_z, texts });
      return fault === null ? [] : [texts.fault(name, fault)];
    });
    const ofWeights = weights.some((numbers) => judge(numbers, { sigma, maxZ: max_z, texts }) !== null);
    // What a notebook does not show is not taken for the course's: it is known where the layers agree.
    const unknown = context.unknownSettings.includes("sigma");
    if (faults.length === 0 && !unknown) {
      return graded(1, texts.right(sigma, max_z), { place: "initialize" });
    }
    const scheme = schemeOf(weights, sizes, max_z);
    if (scheme !== null || unknown) {
      const deviations = weights.map((numbers, l) =>
        texts.fault(`W${l + 1}`, showNumber(momentsOf(numbers).deviation))
      );
      const told = scheme === null ? texts.otherDeviations(deviations) : texts.byLayer(scheme, deviations);
      // Biases of 0 belong to such a scheme.
      const mistakes = recognise(weights, biases, null)
        .filter((mistake) => scheme === null || mistake !== START.biases_start_at_zero);
      const ofBiases = mistakes.some((mistake) => OF_BIASES.includes(mistake)) ||
        !unknown && mistakes.length === 0 && !biases.every((b) => b === 0) &&
          judge(biases, { sigma, maxZ: max_z, texts }) !== null;
      const reason = [told, ...explain(mistakes, t)].join(t.checks.space);
      return graded(ofBiases ? 0 : 1 / groups.length, reason, {
        hint: hintOf(mistakes, t) ?? texts.hint,
        mistakes,
        unexplained: true,
        place: "initialize",
      });
    }
    // Who left sigma out of the manifest has not mistaken it.
    const stated = program !== null || !manifest.unstated.includes("sigma");
    const mistakes = recognise(weights, biases, stated ? sigma : null);
    const asked = stated || !ofWeights || mistakes.includes(START.constant_start)
      ? []
      : [texts.unstated(sigma)];
    const reason = [t.checks.faults(faults), ...asked, ...explain(mistakes, t)].join(t.checks.space);
    const hints = [
      ...(asked.length > 0 && alike(weights) ? [texts.state] : []),
      hintOf(mistakes, t) ?? texts.hint,
    ];
    return graded(1 - faults.length / groups.length, reason, {
      hint: hints.join(t.checks.space),
      mistakes,
      unexplained: ofWeights && mistakes.every((mistake) => OF_BIASES.includes(mistake)),
      place: "initialize",
    });
  },
});

/** Standard deviations that hang on how many units there are below a layer and in it. */
const SCHEMES = {
  he: (below: number) => Math.sqrt(2 / below),
  xavier: (below: number) => Math.sqrt(1 / below),
  glorot: (below: number, units: number) => Math.sqrt(2 / (below + units)),
} as const;
type Scheme = keyof typeof SCHEMES;

/** The nearest by which all layers may have been drawn; null where it is none, or the layers cannot be told from those of one sigma. */
function schemeOf(
  weights: readonly (readonly number[])[],
  sizes: readonly number[],
  maxZ: number,
): Scheme | null {
  if (alike(weights)) return null;
  const distances = (Object.keys(SCHEMES) as Scheme[]).map((name) => ({
    name,
    errors: Math.max(...weights.map((numbers, l) => {
      const ratio = momentsOf(numbers).deviation / SCHEMES[name](sizes[l], sizes[l + 1]);
      return Math.abs(ratio - 1) * Math.sqrt(2 * numbers.length);
    })),
  }));
  const nearest = distances.reduce((best, other) => other.errors < best.errors ? other : best);
  return nearest.errors <= maxZ ? nearest.name : null;
}

/** Whether all layers have about the same standard deviation. */
function alike(weights: readonly (readonly number[])[]): boolean {
  const deviations = weights.map((numbers) => momentsOf(numbers).deviation);
  return Math.max(...deviations) <= (1 + NEAR) * Math.min(...deviations);
}

function values(tensor: GradeTensor | undefined): number[] {
  return tensor === undefined ? [] : [...tensor.data];
}

/** What is wrong with the numbers, null where nothing is. */
function judge(
  numbers: readonly number[],
  { sigma, maxZ, texts }: { sigma: number; maxZ: number; texts: GradeMessages["checks"]["moments"] },
): string | null {
  const n = numbers.length;
  if (n < 2) return texts.none;
  if (!numbers.every(Number.isFinite)) return texts.notFinite;
  const { mean, deviation } = momentsOf(numbers);
  const zDeviation = Math.abs(deviation / sigma - 1) * Math.sqrt(2 * n);
  if (zDeviation > maxZ) return texts.deviation(deviation, zDeviation, sigma);
  const zMean = Math.abs(mean) / (sigma / Math.sqrt(n));
  return zMean <= maxZ ? null : texts.mean(mean, zMean);
}

/**
 * What was done to all weights alike, and what to the biases: a single layer may be near a wrong deviation by chance.
 *
 * @param sigma null where nobody knows what was meant
 */
function recognise(weights: readonly number[][], biases: readonly number[], sigma: number | null): Mistake[] {
  const mistakes: Mistake[] = [];
  const all = (is: (numbers: readonly number[]) => boolean) =>
    weights.every((numbers) => numbers.length > 1 && is(numbers));
  const near = (expected: number) => (numbers: readonly number[]) =>
    Math.abs(momentsOf(numbers).deviation / expected - 1) < NEAR;
  if (all((numbers) => numbers.every((x) => x === weights[0][0]))) mistakes.push(START.constant_start);
  else if (sigma !== null && Math.abs(sigma - 1) > NEAR) {
    if (all(near(1))) mistakes.push(START.sigma_ignored);
    else if (all(near(Math.sqrt(sigma)))) mistakes.push(START.sigma_as_variance);
  }
  if (biases.length > 1 && biases.every((b) => b === 0)) mistakes.push(START.biases_start_at_zero);
  if (biases.length > 1 && biases.every((b) => b === 1)) mistakes.push(START.biases_start_at_one);
  return mistakes;
}

function momentsOf(numbers: readonly number[]): { mean: number; deviation: number } {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const squares = numbers.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  return { mean, deviation: Math.sqrt(squares / (numbers.length - 1)) };
}
