import type { CourseActivation } from "../../../nn/activation.ts";
import { exp } from "../../../random/exp.ts";
import { log } from "../../../random/log.ts";

/**
 * How one number of the graph is made from others, down to entries of tensors. A page writes it, and its `value` is the number itself:
 * what is written and what is shown cannot differ.
 */
export type Expression =
  & { readonly value: number }
  & (
    | { readonly kind: "entry"; readonly tensor: string; readonly row: number; readonly column: number }
    | { readonly kind: "number" }
    | { readonly kind: "sum"; readonly terms: readonly Expression[] }
    | { readonly kind: "product"; readonly factors: readonly Expression[] }
    | { readonly kind: "difference"; readonly from: Expression; readonly less: Expression }
    | { readonly kind: "quotient"; readonly over: Expression; readonly under: Expression }
    | { readonly kind: "negative"; readonly of: Expression }
    | { readonly kind: "square"; readonly of: Expression }
    | { readonly kind: "power_of_e"; readonly of: Expression }
    | { readonly kind: "call"; readonly name: "log" | CourseActivation; readonly of: Expression }
    /** A derivative of the activation at `at`: by its name, and in numbers. */
    | { readonly kind: "slope"; readonly at: Expression; readonly of: Expression }
  );

export function entry(tensor: string, place: { row: number; column: number; value: number }): Expression {
  return { kind: "entry", tensor, ...place };
}

export function number(value: number): Expression {
  return { kind: "number", value };
}

export function sum(terms: readonly Expression[]): Expression {
  return terms.length === 1
    ? terms[0]
    : { kind: "sum", terms, value: terms.reduce((total, term) => total + term.value, 0) };
}

export function product(...factors: readonly Expression[]): Expression {
  // A zero is never negative: beside it stands one that is not.
  const value = factors.reduce((total, factor) => total * factor.value, 1) + 0;
  return { kind: "product", factors, value };
}

export function difference(from: Expression, less: Expression): Expression {
  return { kind: "difference", from, less, value: from.value - less.value };
}

export function quotient(over: Expression, under: Expression): Expression {
  return { kind: "quotient", over, under, value: over.value / under.value + 0 };
}

export function negative(of: Expression): Expression {
  return { kind: "negative", of, value: 0 - of.value };
}

export function square(of: Expression): Expression {
  return { kind: "square", of, value: of.value * of.value };
}

export function naturalLog(of: Expression): Expression {
  return { kind: "call", name: "log", of, value: log(of.value) };
}

/** Number `c` of the softmax of a row, from its differences to the largest, as e^x itself may be too large. */
export function softmax(row: readonly Expression[], c: number): Expression {
  const top = row.reduce((most, { value }) => Math.max(most, value), -Infinity);
  const powers = row.map(({ value }) => exp(value - top));
  const value = powers[c] / powers.reduce((total, power) => total + power, 0);
  const raised = row.map((of): Expression => ({ kind: "power_of_e", of, value: exp(of.value) }));
  return { kind: "quotient", over: raised[c], under: sum(raised), value };
}

export function activated(name: CourseActivation, of: Expression): Expression {
  return name === "identity" ? of : { kind: "call", name, of, value: activate(name, of.value) };
}

function activate(name: CourseActivation, x: number): number {
  switch (name) {
    case "tanh": {
      const e = exp(-2 * Math.abs(x));
      return Math.sign(x) * (1 - e) / (1 + e);
    }
    case "sigmoid":
      return 1 / (1 + exp(-x));
    case "relu":
      return Math.max(x, 0);
    case "identity":
      return x;
  }
}

/** The derivative of an activation at `at`, whose output there is `output`. */
export function slope(name: CourseActivation, at: Expression, output: Expression): Expression {
  const of = slopeByOutput(name, output);
  return { kind: "slope", at, of, value: of.value };
}

/** The formula for the derivative in terms of the output, whatever it is given: right of an output only. */
export function slopeByOutput(name: CourseActivation, output: Expression): Expression {
  switch (name) {
    case "tanh":
      return difference(number(1), square(output));
    case "sigmoid":
      return product(output, difference(number(1), output));
    case "relu":
      return number(output.value > 0 ? 1 : 0);
    case "identity":
      return number(1);
  }
}

/** The entries that an expression is made from. */
export function entriesOf(expression: Expression): (Expression & { readonly kind: "entry" })[] {
  switch (expression.kind) {
    case "entry":
      return [expression];
    case "number":
      return [];
    case "sum":
      return expression.terms.flatMap(entriesOf);
    case "product":
      return expression.factors.flatMap(entriesOf);
    case "difference":
      return [expression.from, expression.less].flatMap(entriesOf);
    case "quotient":
      return [expression.over, expression.under].flatMap(entriesOf);
    case "slope":
      return [expression.at, expression.of].flatMap(entriesOf);
    default:
      return entriesOf(expression.of);
  }
}
