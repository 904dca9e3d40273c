import { z } from "zod";
import type { GradeTensor } from "../student_program.ts";
import type { Mistake } from "../mistakes/mistake.ts";
import { START } from "../mistakes/start.ts";
import { graded, unanswered } from "../outcome.ts";
import { showNumber } from "../show_number.ts";
import { defineCheck } from "./check.ts";
import { explain } from "./judge_tensors.ts";

/** How near a standard deviation must be to a wrong one to be taken for it. */
const NEAR = 0.15;

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
  async run({ max_z }, { answers }) {
    const answer = await answers.initialize();
    if (answer.status !== "ok") return unanswered(answer);
    const { found, sizes, sigma } = answer.value;
    const groups = new Map<string, number[]>();
    for (let l = 1; l < sizes.length; l++) {
      groups.set(`W${l}`, values(found[`W${l}`]));
      groups.set("biases", [...groups.get("biases") ?? [], ...values(found[`B${l}`])]);
    }
    const faults: string[] = [];
    const mistakes = new Set<Mistake>();
    for (const [name, numbers] of groups) {
      const fault = judge(numbers, { sigma, maxZ: max_z });
      if (fault === null) continue;
      faults.push(`${name}: ${fault}`);
      const mistake = recognise(numbers, sigma);
      if (mistake !== null) mistakes.add(mistake);
    }
    if (faults.length === 0) {
      return graded(
        1,
        `Mean 0 and standard deviation ${sigma}, within ${max_z} standard errors, in each layer.`,
      );
    }
    const hint = [...mistakes].map((mistake) => mistake.hint).join(" ") ||
      "Draw weights and biases as sigma times standard normal numbers.";
    const reason = [`${faults.join("; ")}.`, ...explain([...mistakes])].join(" ");
    return graded(1 - faults.length / groups.size, reason, { hint, mistakes: [...mistakes] });
  },
});

function values(tensor: GradeTensor | undefined): number[] {
  return tensor === undefined ? [] : [...tensor.data];
}

/** What is wrong with the numbers, null where nothing is. */
function judge(numbers: readonly number[], { sigma, maxZ }: { sigma: number; maxZ: number }): string | null {
  const n = numbers.length;
  if (n < 2) return "there are none";
  if (!numbers.every(Number.isFinite)) return "not all are finite";
  const { mean, deviation } = momentsOf(numbers);
  const zDeviation = Math.abs(deviation / sigma - 1) * Math.sqrt(2 * n);
  if (zDeviation > maxZ) {
    return `standard deviation ${showNumber(deviation)} is ${
      showNumber(zDeviation)
    } standard errors from ${sigma}`;
  }
  const zMean = Math.abs(mean) / (sigma / Math.sqrt(n));
  return zMean <= maxZ ? null : `mean ${showNumber(mean)} is ${showNumber(zMean)} standard errors from 0`;
}

function recognise(numbers: readonly number[], sigma: number): Mistake | null {
  if (numbers.length < 2) return null;
  const { deviation } = momentsOf(numbers);
  const near = (expected: number) => Math.abs(deviation / expected - 1) < NEAR;
  if (numbers.every((x) => x === numbers[0])) return START.constant_start;
  if (near(1)) return START.sigma_ignored;
  return near(Math.sqrt(sigma)) ? START.sigma_as_variance : null;
}

function momentsOf(numbers: readonly number[]): { mean: number; deviation: number } {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const squares = numbers.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  return { mean, deviation: Math.sqrt(squares / (numbers.length - 1)) };
}
