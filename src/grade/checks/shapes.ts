import { z } from "zod";
import type { GradingContext } from "../grading_context.ts";
import type { Answer } from "../answers/answers.ts";
import { sameShape, showShape, type Tensors } from "../tensors.ts";
import { graded, unanswered } from "../outcome.ts";
import { forward } from "../reference/network.ts";
import { defineCheck } from "./check.ts";

type Shapes = Readonly<Record<string, readonly number[]>>;

export const shapes = defineCheck({
  kind: "shapes",
  about: "The arrays have the shapes that they must have.",
  settings: {
    of: z.enum(["initialize", "forward", "gradients"]).describe("Whose arrays."),
  },
  nameOf: ({ of }) => `shapes_${of}`,
  async run(spec, context) {
    const answer = await ask(spec.of, context);
    if (answer.status !== "ok") return unanswered(answer);
    const { found, expected } = answer.value;
    const names = Object.keys(expected);
    const { checks } = context.t;
    const faults = names.flatMap((name) => {
      if (!Object.hasOwn(found, name)) return [checks.isMissing(name)];
      if (sameShape(found[name].shape, expected[name])) return [];
      return [checks.wrongShape(name, showShape(expected[name]), showShape(found[name].shape))];
    });
    const right = names.length - faults.length;
    if (faults.length === 0) return graded(1, checks.shapes.right(names.length));
    return graded(right / names.length, checks.faults(faults), { hint: checks.shapes.hint });
  },
});

async function ask(
  of: "initialize" | "forward" | "gradients",
  { answers }: GradingContext,
): Promise<Answer<{ found: Tensors; expected: Shapes }>> {
  switch (of) {
    case "initialize": {
      const answer = await answers.initialize();
      if (answer.status !== "ok") return answer;
      const { found, sizes } = answer.value;
      return { status: "ok", value: { found, expected: parameterShapes(sizes) } };
    }
    case "forward": {
      const answer = await answers.forward({ activation: "tanh" });
      if (answer.status !== "ok") return answer;
      const { found, batch, activation } = answer.value;
      const { inputs: [, A1, A2], probabilities } = forward(batch, activation);
      return { status: "ok", value: { found, expected: shapesOf({ A1, A2, probabilities }) } };
    }
    case "gradients": {
      const answer = await answers.gradients({ activation: "tanh", reduction: "mean" });
      if (answer.status !== "ok") return answer;
      const { found, batch } = answer.value;
      return { status: "ok", value: { found, expected: shapesOf(batch.parameters) } };
    }
  }
}

function parameterShapes(sizes: readonly number[]): Shapes {
  const shapes: Record<string, number[]> = {};
  for (let l = 1; l < sizes.length; l++) {
    shapes[`W${l}`] = [sizes[l - 1], sizes[l]];
    shapes[`B${l}`] = [sizes[l]];
  }
  return shapes;
}

function shapesOf(tensors: Tensors): Shapes {
  return Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
}
