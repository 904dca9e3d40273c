/**
 * The lab's formulas, in TeX. They are typeset when a lab is written, so that pages carry no typesetter; a page takes them by their names
 * (`<Formula name="delta_rule" />`).
 */
export const FORMULAS = {
  sum: String.raw`a = \mathbf{w}\cdot\mathbf{x} + b`,
  graph_dot: String.raw`A_l = Z_{l-1}\,W_l + B_l,\qquad Z_0 = X`,
  graph_add: String.raw`A_l = Z_{l-1}\,W_l + B_l`,
  graph_activate: String.raw`Z_l = f(A_l)`,
  graph_softmax: String.raw`\hat y_{ik} = \frac{e^{a_{ik}}}{\sum_j e^{a_{ij}}}`,
  graph_loss: String.raw`L = -\frac{1}{n}\sum_{i=1}^{n}\sum_k y_{ik}\log\hat y_{ik}`,
  graph_loss_back: String
    .raw`\frac{\partial L}{\partial\hat y_{ik}} = -\frac{1}{n}\,\frac{y_{ik}}{\hat y_{ik}}`,
  graph_softmax_back: String.raw`\delta = \frac{\partial L}{\partial A} = \frac{1}{n}\,(\hat Y - Y)`,
  graph_add_back: String.raw`\frac{\partial L}{\partial B_l} = \sum_{i=1}^{n}\delta_{l,i}`,
  graph_dot_back: String
    .raw`\frac{\partial L}{\partial W_l} = Z_{l-1}^{\top}\,\delta_l,\qquad \frac{\partial L}{\partial Z_{l-1}} = \delta_l\,W_l^{\top}`,
  graph_activate_back: String.raw`\delta_l = \frac{\partial L}{\partial Z_l}\circ f'(A_l)`,
  graph_relative: String.raw`\frac{\|g-d\|}{\|g\|+\|d\|}`,
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
  xavier: String.raw`\mathrm{xavier}:\ \sigma = 1/\sqrt{n}`,
  he: String.raw`\mathrm{he}:\ \sigma = \sqrt{2/n}`,
} as const satisfies Readonly<Record<string, string>>;

export type FormulaName = keyof typeof FORMULAS;

/** Formulas typeset as HTML. */
export type TypesetFormulas = Readonly<Record<FormulaName, string>>;
