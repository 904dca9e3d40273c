import type { GradeTensor } from "../student_program.ts";
import { tensor } from "../tensors.ts";
import { mistakesOf } from "./mistake.ts";

/** Mistakes of what training starts with: not the parameters and labels that it is given. */
export const FIT = mistakesOf("fit", {
  biases_set_to_zero: { variants: [{ biases: ({ shape }) => tensor(shape, () => 0) }] },
  biases_set_to_one: { variants: [{ biases: ({ shape }) => tensor(shape, () => 1) }] },
  /** Known by the parameters after a training that moves nothing (see ignoresParameters()). */
  parameters_ignored: {
    learns: true,
    variants: [],
  },
  labels_one_too_large: {
    variants: [{ labels: (Y) => shifted(Y, 1, true) }, { labels: (Y) => shifted(Y, 1) }],
  },
  labels_one_too_small: {
    variants: [{ labels: (Y) => shifted(Y, -1, true) }, { labels: (Y) => shifted(Y, -1) }],
  },
});

/** Each class taken for the one so many further; beyond the ends for one at the other end, as a negative index of NumPy, or for none. */
function shifted({ shape, data }: GradeTensor, by: number, around = false): GradeTensor {
  const C = shape[1];
  return tensor(shape, (i) => {
    const from = i % C - by;
    return from >= 0 && from < C ? data[i - by] : around ? data[i - i % C + (from + C) % C] : 0;
  });
}
