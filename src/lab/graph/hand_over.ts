import type { CourseActivation } from "../../nn/activation.ts";
import { paramsOf, valuesOf } from "../address/address.ts";
import { GRAPH_FIELDS } from "./fields.ts";

/** A network of another page, and rows of its data. */
export interface HandedOver {
  /** From the features to the classes. */
  readonly sizes: readonly number[];
  /** Of all hidden layers. */
  readonly activation: CourseActivation;
  /** Row by row. */
  readonly x: ArrayLike<number>;
  /** The class of each row. */
  readonly labels: ArrayLike<number>;
  /** W1, B1, W2, ...: each row by row. */
  readonly parameters: readonly ArrayLike<number>[];
}

/**
 * The address's parameters by which the graph shows a network and a few rows of another page; undefined where they are more than it shows.
 * Numbers keep nine digits, which tell any two float32 apart.
 */
export function graphParams(
  { sizes, activation, x, labels, parameters }: HandedOver,
): Record<string, string> | undefined {
  const digits = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toPrecision(9)));
  const params = paramsOf(GRAPH_FIELDS, {
    ...valuesOf(GRAPH_FIELDS, {}).values,
    inputs: sizes[0],
    hidden: sizes.slice(1, -1),
    classes: sizes[sizes.length - 1],
    rows: labels.length,
    activation,
    x: digits(x),
    y: Array.from(labels),
    w: parameters.flatMap(digits),
  });
  return valuesOf(GRAPH_FIELDS, params).refused.length === 0 ? params : undefined;
}
