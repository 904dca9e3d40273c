import type { Tensors } from "../tensors.ts";
import type { GradeTensor, GradeValue } from "../student_program.ts";

/** Whether a value is a tensor. */
export function isTensor(value: GradeValue | undefined): value is GradeTensor {
  return typeof value === "object" && value !== null && "data" in value && value.data instanceof Float64Array;
}

/** The tensors among a returned object's members; null where it is no object. */
export function tensorsOf(value: GradeValue): Tensors | null {
  if (typeof value !== "object" || value === null || isTensor(value)) return null;
  const members = Object.entries(value as Readonly<Record<string, GradeValue>>);
  return Object.fromEntries(members.flatMap(([name, member]) => isTensor(member) ? [[name, member]] : []));
}
