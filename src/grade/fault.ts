import type { z } from "zod";
import { cleanText } from "./clean_text.ts";
import { faultsEn } from "./messages/faults_en.ts";
import type { GradeMessages } from "./messages/messages.ts";

type Texts = typeof faultsEn;

/**
 * What is wrong with a file or a program, found before anybody knows in which language it is told: the name of a message and its values,
 * plain data. What is wrong on the instructor's side, so that something cannot be had here, is told in the same way.
 */
export type Fault = {
  readonly [Name in keyof Texts]: readonly [name: Name, ...values: Parameters<Texts[Name]>];
}[keyof Texts];

/** A fault in words: one line of at most 500 characters, whoever wrote what stands in it. */
export function sayFault([name, ...values]: Fault, { faults }: Pick<GradeMessages, "faults">): string {
  // The name picks the message that takes these values, which the type system cannot follow through a lookup.
  const say = faults[name] as (...values: readonly unknown[]) => string;
  return cleanText(say(...values));
}

/** Something that cannot be read. Whoever catches it says the fault in the reader's language; the message is English. */
export class FaultError extends SyntaxError {
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(sayFault(fault, { faults: faultsEn }), options);
    this.fault = fault;
  }
}

/** Refuses a value of a schema's with a fault, as parseYaml() looks for it. */
export function refuse(context: z.RefinementCtx, path: PropertyKey[], fault: Fault): void {
  context.addIssue({ code: "custom", path, params: { fault } });
}
