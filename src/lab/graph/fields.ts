import { COURSE_ACTIVATIONS } from "../../nn/activation.ts";
import { type Field, listOf, numberIn, oneOf, wholeIn } from "../address/fields.ts";
import { MISTAKES } from "./compute/mistakes.ts";
import { type EntryPlace, formatPlace, parsePlace } from "./names.ts";

const entry: Field<EntryPlace | null> = {
  initial: null,
  write: (place) => place === null ? "" : formatPlace(place),
  read: (text) => text === "" ? null : parsePlace(text),
};

const given = numberIn({ least: -100, most: 100 }, 0);

/** What a link to the graph says. With `x`, `y` and `w` another page hands over its own batch and network. */
export const GRAPH_FIELDS = {
  inputs: wholeIn({ least: 2, most: 4 }, 2),
  /** Units of each hidden layer. */
  hidden: listOf(wholeIn({ least: 1, most: 4 }, 3), { most: 2, initial: [3] }),
  classes: wholeIn({ least: 2, most: 3 }, 2),
  rows: wholeIn({ least: 2, most: 4 }, 3),
  activation: oneOf(COURSE_ACTIVATIONS, "tanh"),
  seed: wholeIn({ least: 0, most: 9999 }, 0),
  /** How many steps are done. */
  step: wholeIn({ least: 0, most: 20 }, 0),
  mistake: oneOf(["none", ...MISTAKES], "none"),
  /** A mistake that is hidden, to be found: which of them follows from the number. 0: none. */
  riddle: wholeIn({ least: 0, most: 9999 }, 0),
  /** The entry that is explained: `dW2.1.0`. */
  entry,
  /** The batch, row by row, in place of what the seed draws. */
  x: listOf(given, { most: 16, initial: [], separator: "," }),
  /** The class of each row. */
  y: listOf(wholeIn({ least: 0, most: 2 }, 0), { most: 4, initial: [] }),
  /** W1, B1, W2, ... row by row. */
  w: listOf(given, { most: 55, initial: [], separator: "," }),
};
