/**
 * The lab's formulas, in TeX. They are typeset when a lab is written, so that pages carry no typesetter; a page takes them by their names
 * (`<Formula name="delta_rule" />`).
 */
export const FORMULAS = {
  sum: String.raw`a = \mathbf{w}\cdot\mathbf{x} + b`,
} as const satisfies Readonly<Record<string, string>>;

export type FormulaName = keyof typeof FORMULAS;

/** Formulas typeset as HTML. */
export type TypesetFormulas = Readonly<Record<FormulaName, string>>;
