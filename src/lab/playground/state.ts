import { type Field, listOf, numberIn, oneOf, type Values, wholeIn } from "../address/fields.ts";
import type { GivenPoint } from "../../data/points/points.ts";
import { SHAPE_NAMES } from "../../data/points/shapes.ts";
import { COURSE_ACTIVATIONS, type CourseActivation } from "../../nn/activation.ts";
import { LESSON_NAMES } from "./lessons.ts";
import { OPTIMIZER_NAMES } from "../../nn/optimizers/optimizers.ts";

/** The part of the plane that is seen: from -REACH to REACH both ways. */
export const REACH = 1.25;
/** How large a net can be made in the plane. */
export const MOST_LAYERS = 4;
export const MOST_UNITS = 16;
/** How many points one can set oneself. */
export const MOST_OWN = 300;

const NUMBER = String.raw`-?(?:\d+\.?\d*|\.\d+)`;
const POINT = new RegExp(`^(${NUMBER}),(${NUMBER}),([01])$`);

/** A point as addresses have it: `0.45,-0.3,1`. */
const pointField: Pick<Field<GivenPoint>, "write" | "read"> = {
  write: (point) => point.join(","),
  read(text) {
    const [, x, y, label] = text.match(POINT) ?? [];
    const seen = Math.abs(Number(x)) <= REACH && Math.abs(Number(y)) <= REACH;
    return seen ? [Number(x) + 0, Number(y) + 0, Number(label)] : undefined;
  },
};

const activationList = listOf<CourseActivation>(oneOf(COURSE_ACTIVATIONS, "tanh"), {
  most: MOST_LAYERS,
  initial: ["tanh"],
});

/** One word for all hidden layers, or by layer, from the inputs on; of fewer than there are the last goes on. */
const activationField: Field<readonly CourseActivation[]> = {
  ...activationList,
  read: (text) => text === "" ? undefined : activationList.read(text),
};

/** Rows of a batch. */
const batchField: Field<number | "full"> = {
  initial: 10,
  write: String,
  read: (text) => text === "full" ? text : wholeIn({ least: 1, most: 1024 }, 1).read(text),
};

/** What a network is trained on, and how: what its weights depend on. */
export const SETTING_FIELDS = {
  data: oneOf([...SHAPE_NAMES, "own", "strokes"], "circle"),
  points: listOf(pointField, { most: MOST_OWN, initial: [], separator: ";" }),
  count: wholeIn({ least: 10, most: 1000 }, 300),
  noise: numberIn({ least: 0, most: 0.5 }, 0.06),
  dataseed: wholeIn({ least: 0, most: 2 ** 32 - 1 }, 0),
  hidden: listOf(wholeIn({ least: 1, most: MOST_UNITS }, 1), { most: MOST_LAYERS, initial: [3, 2] }),
  /** Of the hidden layer that reads drawn digits; 0: there is none. */
  units: wholeIn({ least: 0, most: 400 }, 100),
  activation: activationField,
  init: oneOf(["gaussian", "xavier", "he"], "xavier"),
  sigma: numberIn({ least: 0.0001, most: 10 }, 0.5),
  bias: oneOf(["gaussian", "zero"], "gaussian"),
  rate: numberIn({ least: 0.00001, most: 100 }, 0.1),
  batch: batchField,
  optimizer: oneOf(OPTIMIZER_NAMES, "sgd"),
  epochs: wholeIn({ least: 1, most: 10_000 }, 200),
  seed: wholeIn({ least: 0, most: 2 ** 30 - 1 }, 0),
  validation: numberIn({ least: 0, most: 0.9 }, 0.2),
};

/** How it is looked at. */
const VIEW_FIELDS = {
  /** Batches a second. */
  speed: numberIn({ least: 1, most: 3000 }, 100),
  /** What a hidden space of more than two units is seen along. */
  space: oneOf(["principal", "output"], "principal"),
  /** How far the plane is bent into the hidden space. */
  bend: numberIn({ least: 0, most: 1 }, 1),
};

/** What a link to the page can say. */
export const FIELDS = { ...SETTING_FIELDS, ...VIEW_FIELDS, lesson: oneOf(["none", ...LESSON_NAMES], "none") };

export type Setting = Values<typeof SETTING_FIELDS>;
export type SpaceView = Values<typeof VIEW_FIELDS>["space"];
export type PlaygroundFields = typeof FIELDS;
