import { sayFault } from "../fault.ts";
import type { GradeMessages } from "../messages/messages.ts";
import type { Tensors } from "../tensors.ts";
import type { CallResult, GradeTensor, GradeValue } from "../student_program.ts";
import type { Answer } from "./answers.ts";

/** The class that track ts exports. */
export const CLASS = "ScratchSimpleNeuralNetworkClassifier";

/** What the class did, unread. */
export interface FitAnswer {
  readonly predictions: GradeTensor | null;
  readonly trainLoss: GradeTensor | null;
  readonly valLoss: GradeTensor | null;
  readonly parameters: Tensors | null;
}

/** The answer that `interpret` makes of a result; null where the result is of another form. */
export function readResult<T>(
  result: CallResult,
  name: string,
  interpret: (value: GradeValue) => T | null,
  t: GradeMessages,
  expects = t.checks.program.signature,
): Answer<T> {
  const { program } = t.checks;
  switch (result.status) {
    case "ok": {
      const value = interpret(result.value);
      return value === null ? invalid(program.otherForm(name, expects)) : {
        status: "ok",
        value,
      };
    }
    case "missing":
      return { status: "missing", message: program.mustExport(name) };
    default:
      return { status: result.status, message: program.said(name, sayFault(result.fault, t)) };
  }
}

/** The answer of something that is of another form than it must be. */
export function invalid(message: string): Answer<never> {
  return { status: "invalid", message };
}

/** What fit_predict gave; null where that is no mapping. */
export function fitAnswer(value: GradeValue): FitAnswer | null {
  if (typeof value !== "object" || value === null || isTensor(value)) return null;
  const { predictions, trainLoss, valLoss, parameters } = value as Readonly<
    Record<string, GradeValue | undefined>
  >;
  return {
    predictions: isTensor(predictions) ? predictions : null,
    trainLoss: isTensor(trainLoss) ? trainLoss : null,
    valLoss: isTensor(valLoss) ? valLoss : null,
    parameters: parameters === undefined ? null : tensorsOf(parameters),
  };
}

export function isTensor(value: GradeValue | undefined): value is GradeTensor {
  return typeof value === "object" && value !== null && "data" in value && value.data instanceof Float64Array;
}

/** The tensors among a returned object's members; null where it is no object. */
export function tensorsOf(value: GradeValue): Tensors | null {
  if (typeof value !== "object" || value === null || isTensor(value)) return null;
  const members = Object.entries(value as Readonly<Record<string, GradeValue>>);
  return Object.fromEntries(members.flatMap(([name, member]) => isTensor(member) ? [[name, member]] : []));
}
