import type { GradientsAnswer } from "../answers/answers.ts";
import type { GradingContext } from "../grading_context.ts";
import { FIT } from "../mistakes/fit.ts";
import type { Place } from "../mistakes/mistake.ts";
import { unanswered } from "../outcome.ts";
import { gradients } from "../reference/network.ts";
import { relativeError } from "../tensors.ts";
import type { GradeTensor } from "../student_program.ts";
import { defineCheck, rtolSetting } from "./check.ts";
import { ratioOf } from "./constant_ratio.ts";
import { ignoresParameters } from "./ignored_parameters.ts";
import {
  carriedOver,
  type Earlier,
  judgeTensors,
  judgeUpdates,
  resembles,
  sameAs,
  sizesOf,
} from "./judge_tensors.ts";
import { simulateGradients } from "./simulate_gradients.ts";

/** A batch of fewer rows than the batch size moves the parameters by the mean over its own rows. */
export const raggedBatch = defineCheck({
  kind: "ragged_batch",
  about: "A batch of fewer rows than the batch size is used rightly.",
  settings: { rtol: rtolSetting(1e-3) },
  async run({ rtol }, context) {
    const answer = await context.answers.smallBatch();
    if (answer.status !== "ok") return unanswered(answer);
    const { t, program } = context;
    const earlier = await earlierOf(answer.value, context, rtol);
    const judged = { place: "batches", rtol, t, earlier } as const;
    if (program !== null) {
      const outcome = judgeUpdates(answer.value, { ...judged, what: "small" });
      const unknown = outcome.fraction < 1 && outcome.mistakes.length === 0;
      return unknown && await ignoresParameters(context)
        ? carriedOver([FIT.parameters_ignored], outcome, t)
        : outcome;
    }
    // Files hold the gradients themselves, which a mistake may give another shape.
    const { found } = answer.value;
    const simulate = await simulateGradients(answer.value, context);
    return judgeTensors({ found, simulate, sizes: sizesOf(answer.value), ...judged, what: "smallGradients" });
  },
});

/** What the student's numbers for a smaller batch may follow from: own gradients of it, or what is wrong for a whole batch too. */
async function earlierOf(
  small: GradientsAnswer,
  { answers, program, t }: GradingContext,
  rtol: number,
): Promise<Earlier[]> {
  const { reduction } = small;
  const what = program === null ? "smallGradients" : "small";
  if (program === null) {
    const whole = await answers.gradients({ activation: "tanh", reduction });
    return whole.status === "ok" ? [likeWholeBatch("backward", whole.value)] : [];
  }
  const found: Earlier[] = [];
  const own = await program.gradients({ activation: "tanh", reduction, batch: small.batch });
  if (own.status === "ok") {
    const reason = t.checks.follows.smallFromGradients;
    found.push({
      place: "backward",
      agrees: sameAs(own.value.found, gradients(small.batch, small), rtol),
      reason,
    });
  }
  const whole = await answers.step({ through: "fit", activation: "tanh" });
  if (whole.status === "ok") found.push(likeWholeBatch("fit", whole.value));
  return found;

  /** An array that is wrong for a whole batch: where that is by a factor, by the same one. */
  function likeWholeBatch(place: Place, whole: GradientsAnswer): Earlier {
    const [expected, expectedSmall] = [gradients(whole.batch, whole), gradients(small.batch, small)];
    const attempted = resembles(whole.found, expected) && resembles(small.found, expectedSmall);
    return {
      place,
      agrees(name, array) {
        const wholeArray = whole.found[name];
        if (!attempted || wholeArray === undefined || relativeError(wholeArray, expected[name]) <= rtol) {
          return false;
        }
        const rows = small.batch.X.shape[0] / whole.batch.X.shape[0];
        return isAlike([array, expectedSmall[name]], [wholeArray, expected[name]], { rows, rtol });
      },
      partly: t.checks.follows.smallPartly,
      reason: (names) => t.checks.follows.smallAlike(t.checks.and(names.map(t.checks.arrays[what].one))),
    };
  }
}

type Pair = readonly [found: GradeTensor, expected: GradeTensor];

function isAlike(small: Pair, whole: Pair, { rows, rtol }: { rows: number; rtol: number }): boolean {
  const [a, b] = [small, whole].map(([found, expected]) => ratioOf(found, expected, rtol));
  if (a !== null && b !== null) {
    // The same factor, or one that goes with the rows: of a divisor that does not, or that is made twice.
    return [1, rows, 1 / rows].some((factor) => Math.abs(a / (b * factor) - 1) <= rtol);
  }
  return [small, whole].every(([found, expected]) => Number.isFinite(relativeError(found, expected)));
}
