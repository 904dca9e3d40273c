/**
 * The lab's formulas, in TeX. They are typeset when a lab is written, so that pages carry no typesetter; a page takes them by their names
 * (`<Formula name="delta_rule" />`).
 */
export const FORMULAS = {
  sum: String.raw`a = \mathbf{w}\cdot\mathbf{x} + b`,
  rule_perceptron: String.raw`\mathbf{w} \leftarrow \mathbf{w} + \eta\,(t - y)\,\mathbf{x}`,
  rule_hebb: String.raw`\mathbf{w} \leftarrow \mathbf{w} + \eta\, t\,\mathbf{x}`,
  rule_delta: String.raw`\mathbf{w} \leftarrow \mathbf{w} + \eta\,(t - y)\,\mathbf{x}`,
  rule_logistic: String.raw`\mathbf{w} \leftarrow \mathbf{w} + \eta\,(t - y)\,\mathbf{x}`,
  output_perceptron: String.raw`y = 1\;(a > 0),\;\; 0\;(a \le 0)`,
  output_hebb: String.raw`y = 1\;(a > 0),\; -1\;(a \le 0)`,
  output_delta: String.raw`y = a`,
  output_logistic: String.raw`y = 1/(1 + e^{-a})`,
  mistakes_bound: String.raw`(R/\gamma)^2`,
  hidden_delta: String.raw`\delta_j = f'(a_j)\,(\delta_1 w_{1j} + \delta_2 w_{2j} + \cdots)`,
  sum_size: String.raw`\mathrm{std}(a) \approx \sigma\sqrt{n}\cdot\mathrm{rms}(x)`,
  xavier: String.raw`\mathrm{Xavier}:\ \sigma = 1/\sqrt{n}`,
  he: String.raw`\mathrm{He}:\ \sigma = \sqrt{2/n}`,
} as const satisfies Readonly<Record<string, string>>;

export type FormulaName = keyof typeof FORMULAS;

/** Formulas typeset as HTML. */
export type TypesetFormulas = Readonly<Record<FormulaName, string>>;
