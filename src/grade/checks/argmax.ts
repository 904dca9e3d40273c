import { graded, unanswered } from "../outcome.ts";
import { argmax as argmaxOf, forward } from "../reference/network.ts";
import { counted } from "../show_number.ts";
import { defineCheck } from "./check.ts";

/** Fewer right than this look like chance. */
const LEAST = 0.5;

/** The predicted class is the most probable one, by our forward propagation or the student's own. */
export const argmax = defineCheck({
  kind: "argmax",
  about: "The predicted class is the most probable one.",
  settings: {},
  async run(_, { answers }) {
    const answer = await answers.predictions();
    if (answer.status !== "ok") return unanswered(answer);
    const { found, batch, activation, own } = answer.value;
    const rows = batch.X.shape[0];
    if (found.length !== rows) {
      return graded(0, `There must be one prediction a row, ${rows}, found ${found.length}.`);
    }
    const { probabilities } = forward(batch, activation);
    const usable = own !== null && own.shape.join() === probabilities.shape.join() ? [own] : [];
    const right = Math.max(...[probabilities, ...usable].map((P) => {
      const expected = argmaxOf(P);
      return found.filter((label, i) => label === expected[i]).length;
    }));
    const share = right / rows;
    if (share === 1) return graded(1, `All ${counted(rows, "row")} get their most probable class.`);
    return graded(
      share >= LEAST ? share : 0,
      `${right} of ${counted(rows, "row")} get their most probable class.`,
      {
        hint:
          "Predict the index of a row's largest probability (in NumPy `np.argmax(probabilities, axis=1)`).",
      },
    );
  },
});
