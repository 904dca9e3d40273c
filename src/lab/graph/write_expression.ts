import type { Expression } from "./compute/expression.ts";
import { entryName } from "./names.ts";
import { shortNumber } from "./short_number.ts";

/** A piece of a written expression: a text, and the entry that it stands for. */
export interface Piece {
  readonly text: string;
  readonly of?: Expression & { readonly kind: "entry" };
}

/** Writes an expression by the names of its entries, or with their numbers. */
export function writeExpression(expression: Expression, form: "names" | "numbers"): Piece[] {
  return write(expression, form, 0);
}

/** How tightly each binds what is beside it; what binds less stands in parentheses. */
const SUM = 1, PRODUCT = 2, POWER = 3;

function write(expression: Expression, form: "names" | "numbers", outside: number): Piece[] {
  const inside = (of: Expression, binding: number) => write(of, form, binding);
  const enclosed = (binding: number, pieces: Piece[]): Piece[] =>
    outside > binding ? [{ text: "(" }, ...pieces, { text: ")" }] : pieces;
  switch (expression.kind) {
    case "entry": {
      const { tensor, row, column, value } = expression;
      if (form === "names") return [{ text: entryName(tensor, row, column), of: expression }];
      const text = shortNumber(value);
      return value < 0 && outside > 0
        ? [{ text: "(" }, { text, of: expression }, { text: ")" }]
        : [{ text, of: expression }];
    }
    case "number":
      return [{ text: shortNumber(expression.value) }];
    case "sum":
      return enclosed(
        SUM,
        expression.terms.flatMap((term, i): Piece[] =>
          i > 0 && term.kind === "negative"
            ? [{ text: " − " }, ...inside(term.of, PRODUCT)]
            : [...i > 0 ? [{ text: " + " }] : [], ...inside(term, SUM)]
        ),
      );
    case "difference":
      return enclosed(SUM, [
        ...inside(expression.from, SUM),
        { text: " − " },
        ...inside(expression.less, PRODUCT),
      ]);
    case "negative":
      return enclosed(SUM, [{ text: "−" }, ...inside(expression.of, PRODUCT)]);
    case "product":
      return enclosed(
        PRODUCT,
        expression.factors.flatMap((
          factor,
          i,
        ) => [...i > 0 ? [{ text: "·" }] : [], ...inside(factor, PRODUCT)]),
      );
    case "quotient":
      return enclosed(PRODUCT, [
        ...inside(expression.over, PRODUCT),
        { text: " / " },
        ...inside(expression.under, POWER),
      ]);
    case "square":
      return [...inside(expression.of, POWER), { text: "²" }];
    case "power_of_e":
      return [{ text: "exp(" }, ...inside(expression.of, 0), { text: ")" }];
    case "call":
      return [{ text: `${expression.name}(` }, ...inside(expression.of, 0), { text: ")" }];
    case "slope":
      return form === "names"
        ? [{ text: "f′(" }, ...inside(expression.at, 0), { text: ")" }]
        : write(expression.of, form, outside);
  }
}
