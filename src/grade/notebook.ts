import { cleanText } from "./clean_text.ts";
import { type Fault, sayFault } from "./fault.ts";
import { type BrokenCell, type Sought, SOUGHT_EN } from "./messages/files_en.ts";
import type { GradeMessages } from "./messages/messages.ts";
import { asSentence } from "./messages/messages.ts";
import type { MistakeId } from "./messages/mistakes_en.ts";
import type { OtherPixels } from "./other_pixels.ts";
import type { Outcome, Remark } from "./outcome.ts";

/** What the functions of a student do, by which they are looked for in the cells. */
export const ROLES = ["forward", "loss", "backward", "update", "batches", "fit", "predict"] as const;
export type Role = typeof ROLES[number];

/** What submit.py looks for. */
export const SOUGHT = Object.keys(SOUGHT_EN) as Sought[];

/** A notebook that was run here, and what was taken from it. Every text may be the student's own. */
export interface NotebookFacts {
  readonly file: string;
  /** Notebooks that were handed in besides, and not run. */
  readonly others: readonly string[];
  /** What its cells of code say. */
  readonly code?: readonly string[];
  /** Cells that did not come to their end, in their order. */
  readonly broken: readonly BrokenCell[];
  /** Lines that are no Python and were passed over. */
  readonly skipped: readonly string[];
  /** Imports that were passed over, for what they import is not where notebooks are graded. */
  readonly notImported?: readonly string[];
  /** How it ended where nothing could be taken from it; null where it could. */
  readonly ending: Fault | null;
  /** Whether it called submit.export() itself. */
  readonly called: boolean;
  /** The variable of the network, and its class; null for functions. */
  readonly network: { readonly name: string; readonly class: string | null } | null;
  /** Other networks that were trained in it, which are not graded. */
  readonly otherNetworks?: readonly string[];
  /** For how many epochs we trained it, as none of its own trainings came to an end; null where we did not. */
  readonly trainedByUs: number | null;
  /** How many epochs we wanted to train it for, where there was no time for all of them; otherwise null. */
  readonly shortOf?: number | null | undefined;
  /** The first and the last learning rate of a training in the course of which it changes; null where it does not. */
  readonly rates?: readonly [first: number, last: number] | null | undefined;
  /** On which it was trained, where those are not pixels by 255; null also where nobody knows. */
  readonly pixels?: OtherPixels | null | undefined;
  /** What makes its updates, where those are not by the learning rate times the gradient: its class's name, empty where it has none; otherwise null. */
  readonly optimizer?: string | null | undefined;
  readonly found: readonly { readonly what: Sought; readonly how: string }[];
  /** What could not be found, why, and what the student adds. */
  readonly missing: readonly { readonly what: Sought; readonly why: string; readonly line: string | null }[];
  readonly places: Partial<Record<Role, CellPlace>>;
  /** What was handed in besides and is not what the notebook gives: `probe.npz: dW1`. */
  readonly differences: readonly string[];
  /** Files that the notebook did not give and that were handed in: those count. */
  readonly kept: readonly string[];
}

/** Where a function is defined. */
export interface CellPlace {
  readonly name: string;
  readonly cells: readonly number[];
}

/** How many broken cells are told of one by one. */
const MOST_CELLS = 10;

/** What stands at the head of the feedback: what went wrong, and what was found and how. */
export function tellNotebook(
  facts: NotebookFacts,
  t: GradeMessages,
): { warnings: string[]; notes: string[]; remarks: Remark[] } {
  const said = t.files.notebook;
  const { broken, missing, found, network, ending, notImported = [], otherNetworks = [] } = facts;
  const late = broken.some(({ status }) => status === "budget");
  const sentence = (text: string) => asSentence(cleanText(text), t);
  const out = broken.filter(({ status }) => status === "budget");
  const unrun = broken.filter(({ status }) => status === "unrun").map(({ cell }) => cell);
  const begun = broken.filter(({ status }) => status !== "unrun");
  const others = begun.filter(({ status }) => status !== "budget");
  const died = others.some(({ status }) => status === "died");
  const warnings = [
    ...others.slice(0, MOST_CELLS).map((cell) => said.broken(cell)),
    ...(others.length > MOST_CELLS ? [said.moreBroken(others.length - MOST_CELLS)] : []),
    ...(out.length > 0 ? [said.outOfTime(out.map(({ cell }) => cell))] : []),
    ...(unrun.length > 0 ? [said.unrun(unrun[0], unrun[unrun.length - 1], died ? "died" : "time")] : []),
    ...(ending === null ? [] : [said.nothingTaken(sayFault(ending, t))]),
    ...(facts.trainedByUs === null ? [] : [said.trainedByUs(facts.trainedByUs, late)]),
    ...missing.map(({ what, why, line }) => said.missing(what, why, line)),
  ].map(sentence);
  const how = found.map(({ what, how }) => said.found(what, how));
  const notes = [
    ...(ending !== null
      ? []
      : [unrun.length > 0 ? said.ranUpTo(facts.file, unrun[0] - 1) : said.ran(facts.file)]),
    ...(facts.others.length > 0 ? [said.others(facts.others)] : []),
    ...(facts.skipped.length > 0 ? [said.skipped(facts.skipped.slice(0, 5), facts.skipped.length)] : []),
    ...(notImported.length > 0 ? [said.notImported(notImported.slice(0, 5), notImported.length)] : []),
    ...(facts.called ? [said.called] : network === null ? [] : [said.network(network.name, network.class)]),
    ...(network === null || otherNetworks.length === 0 ? [] : [said.ofSeveral(network.name, otherNetworks)]),
    ...(how.length > 0 ? [said.allFound(how)] : []),
    ...(facts.kept.length > 0 ? [said.kept(facts.kept)] : []),
  ].map(sentence);
  const stopped = begun.map(({ cell }) => cell);
  const none = (network === null || missing.some(({ what }) => what === "parameters")) && !facts.called &&
    !facts.kept.includes("weights.npz");
  const remarks: Remark[] = [
    ...(!none ? [] : [{
      id: "no_network" as const,
      text: sentence(ending === null ? said.noNetwork : said.nothingTaken(sayFault(ending, t))),
    }]),
    ...(network === null || otherNetworks.length === 0 ? [] : [{
      id: "several_networks" as const,
      text: sentence(said.severalNetworks(network.name, otherNetworks)),
    }]),
    ...(stopped.length === 0
      ? []
      : [{ id: "notebook_broken" as const, text: sentence(said.brokenCells(stopped)) }]),
    ...(facts.differences.length === 0
      ? []
      : [{ id: "differs_from_notebook" as const, text: sentence(said.differs(facts.differences)) }]),
    ...(facts.kept.length === 0 || facts.ending === null
      ? []
      : [{ id: "not_from_notebook" as const, text: sentence(said.kept(facts.kept)) }]),
  ];
  return { warnings, notes, remarks };
}

/** Errors of what is not here and may be where the notebook was written. */
const LACKING = ["ModuleNotFoundError", "ImportError", "FileNotFoundError"];

/** Why nothing can be said of a notebook: no network was found, and a cell failed for what is not here. Null for all others. */
export function cannotJudge({ network, called, kept, ending, broken }: NotebookFacts): Fault | null {
  if (network !== null || called || kept.length > 0 || ending !== null) return null;
  const cell = broken.find(({ name = "" }) => LACKING.includes(name));
  if (cell === undefined) return null;
  return ["notebookLacks", cell.cell, `${cell.name}: ${cell.message}`];
}

/** What a check looks at, as far as one function gives it. */
const LOOKED_AT: Readonly<Record<string, readonly Role[]>> = {
  vector: ["forward", "predict", "fit"],
  value: ["loss", "fit"],
  gradcheck: ["backward", "fit"],
  one_step: ["update", "backward", "fit"],
  ragged_batch: ["backward", "fit"],
  argmax: ["predict", "forward"],
  history: ["fit"],
};

/** Whether the step that was looked at is one of the notebook's own training, with what that does to rows and labels before. */
export function isStepOfTraining({ found, places: { fit } }: NotebookFacts): boolean {
  return fit !== undefined &&
    found.some(({ what, how }) => what === "step" && how.startsWith(`${fit.name}()`));
}

/** Where a mistake is made that is not made in what the check looks at. */
const MADE_IN: Partial<Record<MistakeId, readonly Role[]>> = {
  last_batch_dropped: ["batches", "fit"],
};

/** Where to look in the notebook for what a check found wrong, by the mistakes that it names; null where nobody knows. */
export function sayPlace(
  facts: NotebookFacts,
  { check, mistakes }: { readonly check: string; readonly mistakes: Outcome["mistakes"] },
  t: GradeMessages,
): string | null {
  // Gradients are charged for a mistake of forward propagation only where that is right by itself.
  const inTraining = check === "gradcheck" && mistakes.some(({ place }) => place === "forward") &&
    isStepOfTraining(facts);
  const made = inTraining ? ["fit"] as const : mistakes.length === 1 ? MADE_IN[mistakes[0].id] : undefined;
  for (const role of made ?? LOOKED_AT[check] ?? []) {
    const place = facts.places[role];
    if (place !== undefined) {
      return asSentence(cleanText(t.files.notebook.place(place.name, place.cells)), t);
    }
  }
  return null;
}
