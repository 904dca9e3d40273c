import type { Fault } from "./fault.ts";

/** A named array that crosses to or from a student's program: float64 in row-major order, as plain numbers arrive. */
export interface GradeTensor {
  /** Lengths of the dimensions; empty for a scalar. */
  readonly shape: readonly number[];
  /** As many values as the shape says. */
  readonly data: Float64Array;
}

/** What a student's function is called with and returns: tensors by name, and numbers and words for options. */
export type GradeValue = GradeTensor | number | string | boolean | null | {
  readonly [name: string]: GradeValue;
};

/** How a call ended. Anything but `ok` earns nothing and never stops the grading of others. */
export type CallResult =
  | {
    readonly status: "ok";
    readonly value: GradeValue;
    /** The first of a function's arguments that the call has changed, such as `parameters.W1`. */
    readonly changed?: string | undefined;
  }
  /** The module has no such function. */
  | { readonly status: "missing" }
  /** It threw, or its module did not load: its own words, or why there is nothing to call. */
  | { readonly status: "error"; readonly fault: Fault }
  /** It took too long, too much memory, wrote too much, ended the process, or sent what is no valid reply. */
  | { readonly status: "timeout" | "memory" | "output" | "crashed" | "invalid"; readonly fault: Fault };

/**
 * A student's program behind a wall: each call runs in a process of its own or one that no other submission shares, gets inputs and
 * gives outputs; expected values never enter it. `name` is one of the exported functions (initialize, forward, loss, gradients, step,
 * misclassified; see docs/grading.md), whose single argument is `input` with tensors as nested arrays, or `fit_predict` for the class:
 *
 *     input  {options, X, y, XVal: tensor or null, yVal: tensor or null, XTest}, options.parameters and options.hidden among them
 *     does   new ScratchSimpleNeuralNetworkClassifier(options), fit(X, y, XVal, yVal), predict(XTest)
 *     gives  {predictions, trainLoss, valLoss, parameters}: the last three as they stand on the object, null where it has none
 */
export interface StudentProgram {
  call(name: string, input: GradeValue): Promise<CallResult>;
}
