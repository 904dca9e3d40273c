import { RULE_NAMES } from "../../rules/rules.ts";
import { MOST_SAMPLES, type Sample } from "../../rules/sample.ts";
import { SHAPES } from "../../rules/shapes.ts";
import { type Field, listOf, numberIn, oneOf, wholeIn } from "../address/fields.ts";

/** A sample as addresses have it: `0.45,-0.3,1`. */
export const sampleField: Pick<Field<Sample>, "write" | "read"> = {
  write: ({ x1, x2, label }) => `${x1},${x2},${label}`,
  read(text) {
    const [, x1, x2, label] = text.match(/^(-?[01](?:\.\d{1,2})?),(-?[01](?:\.\d{1,2})?),([01])$/) ?? [];
    const sample: Sample = { x1: Number(x1) + 0, x2: Number(x2) + 0, label: label === "1" ? 1 : 0 };
    return Math.abs(sample.x1) <= 1 && Math.abs(sample.x2) <= 1 ? sample : undefined;
  },
};

/** Steps after which playing ends. */
export const MOST_STEPS = 100_000;

/** What a link to the page can say. */
export const FIELDS = {
  rule: oneOf(RULE_NAMES, "perceptron"),
  data: oneOf([...SHAPES, "own"], "clouds"),
  points: listOf(sampleField, { most: MOST_SAMPLES, initial: [], separator: ";" }),
  noise: numberIn({ least: 0, most: 0.6 }, 0.3),
  seed: wholeIn({ least: 0, most: 2 ** 32 - 1 }, 0),
  rate: numberIn({ least: 0.001, most: 10 }, 0.5),
  speed: numberIn({ least: 0.5, most: 2000 }, 5),
  /** How many samples have been learned; while it plays, how many had been when it began to. */
  step: wholeIn({ least: 0, most: MOST_STEPS }, 0),
};

/**
 * The playground's address for the same data, all of them to learn from one by one, and two hidden units. From the first weights of its
 * seed they learn XOR, which from those of other seeds they do not.
 */
export function playgroundParams(samples: readonly Sample[]): Record<string, string> {
  return {
    data: "own",
    points: samples.map(sampleField.write).join(";"),
    hidden: "2",
    validation: "0",
    batch: "1",
    rate: "0.3",
    seed: "1",
  };
}
