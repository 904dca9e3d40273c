import { z } from "zod";
import type { Fault } from "../../../src/grade/fault.ts";
import type { NoNotebook } from "../../../src/grade/messages/faults_en.ts";
import { type CellPlace, type NotebookFacts, type Role, ROLES, SOUGHT } from "../../../src/grade/notebook.ts";
import { MANIFEST, type SubmittedArrays } from "../../../src/grade/submission.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import type { Available } from "../../../src/grade/engine.ts";
import { cleanText } from "../../../src/grade/clean_text.ts";
import type { Language } from "../../../src/settings/setting.ts";
import { findNotebookTools, type MissingTools, type NotebookTools } from "./notebook_tools.ts";
import { NotebookGround } from "./notebook_ground.ts";
import { type NotebookRun, runNotebook } from "./run_notebook.ts";
import type { NotebookLimits } from "./sandbox.ts";

/** What runs the notebooks of a grading. What they share is only made when the first is met. */
export class Notebooks implements AsyncDisposable {
  readonly #options: NotebooksOptions;
  #ground: Promise<Available<NotebookGround>> | undefined;

  constructor(options: NotebooksOptions) {
    this.#options = options;
  }

  /** Runs a notebook; not available where this machine lacks what that takes. */
  async run(notebook: Uint8Array): Promise<Available<NotebookRun>> {
    const ground = await (this.#ground ??= this.#makeGround());
    if (!ground.ok) return ground;
    const { limits, epochs, language, signal } = this.#options;
    const student = UNNAMED;
    return {
      ok: true,
      value: await runNotebook(notebook, { ground: ground.value, limits, student, epochs, language, signal }),
    };
  }

  async #makeGround(): Promise<Available<NotebookGround>> {
    const tools = await (this.#options.findTools ?? findNotebookTools)();
    if ("missing" in tools) return { ok: false, fault: ["notebookNotRun", tools.missing] };
    const images = await this.#options.images();
    if (!images.ok) return images;
    return { ok: true, value: await NotebookGround.make(tools, images.value) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ground = await this.#ground?.catch(() => null);
    if (ground?.ok === true) await ground.value[Symbol.asyncDispose]();
  }
}

interface NotebooksOptions {
  images(): Promise<Available<Dataset>>;
  readonly limits: NotebookLimits;
  /** Of a training of ours. */
  readonly epochs: number;
  readonly language: Language;
  readonly signal: AbortSignal;
  /** Instead of what this machine has. */
  findTools?(): Promise<NotebookTools | MissingTools>;
}

/** The id in a manifest of a notebook that gives none. */
export const UNNAMED = "unnamed";

/**
 * Of a submission's files, the notebook to run: the largest, and of those the first; Jupyter's copies aside, and files that are called so and
 * are none, if there are others. Null where there is none.
 */
export function findNotebook(
  files: ReadonlyMap<string, Uint8Array>,
): FoundNotebook | null {
  const found = [...files].filter(([path]) => /\.ipynb$/i.test(path) && !path.includes("-checkpoint.ipynb"))
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([file, bytes]) => ({ file, bytes, fault: faultOf(bytes) }));
  const chosen = found.find(({ fault }) => fault === null) ?? found[0];
  if (chosen === undefined) return null;
  return { ...chosen, others: found.filter((one) => one !== chosen).map(({ file }) => file) };
}

/** Why a file is no notebook, whatever it is called; null where it is one. */
function faultOf(bytes: Uint8Array): Fault | null {
  const no = (why: NoNotebook): Fault => ["noNotebook", why];
  if (bytes.every((byte) => BLANKS.includes(byte))) return no("empty");
  try {
    const content: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return notebookSchema.or(oldNotebookSchema).safeParse(content).success ? null : no("cells");
  } catch (error) {
    if (error instanceof SyntaxError) return no("json");
    if (error instanceof TypeError) return no("encoding");
    throw error;
  }
}

/** A notebook among a submission's files. */
export interface FoundNotebook {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Notebooks that there are besides. */
  readonly others: readonly string[];
  /** Why it is none; null where it is. */
  readonly fault: Fault | null;
}

/** Files that submit.py writes into a folder of its own stand for those of the submission. */
export function withoutExportFolder(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const promoted = new Map(files);
  for (const [path, bytes] of files) {
    const [, name] = /(?:^|\/)submission\/([^/]+\.(?:npz|csv|yaml))$/.exec(path) ?? [];
    if (name !== undefined && !files.has(name)) promoted.set(name, bytes);
  }
  return promoted;
}

/** What is told of a notebook that was run. */
export function factsOf(
  run: NotebookRun,
  { file, bytes, others, kept, differences }: {
    file: string;
    bytes: Uint8Array;
    others: readonly string[];
    kept: readonly string[];
    differences: readonly string[];
  },
): NotebookFacts {
  const checklist = run.collected?.checklist ?? [];
  const known = checklist.flatMap(([mark, name, text]) => {
    const what = SOUGHT.find((one) => one === name);
    return what === undefined ? [] : [{ mark, what, text }];
  });
  return {
    file: cleanText(file),
    others: others.map(cleanText),
    code: codeOf(bytes),
    broken: run.cells.flatMap(({ cell, status, name, message, line }) =>
      status === "ok"
        ? []
        : [{ cell, status, name: name && cleanText(name), message: message && firstWords(message), line }]
    ),
    skipped: run.cells.flatMap(({ skipped }) => skipped.map(cleanText)),
    notImported: (run.collected?.passed_over ?? []).map(cleanText),
    ending: run.ending,
    called: run.collected?.called ?? false,
    network: run.collected?.network ?? null,
    otherNetworks: (run.collected?.other_networks ?? []).map(cleanText),
    trainedByUs: run.collected?.trained_by_us ?? null,
    shortOf: run.collected?.short_of ?? null,
    rates: run.collected?.rates ?? null,
    pixels: run.collected?.pixels ?? null,
    optimizer: run.collected?.optimizer == null ? null : cleanText(run.collected.optimizer),
    found: known.filter(({ mark }) => mark === "ok").map(({ what, text }) => ({
      what,
      how: cleanText(text),
    })),
    // Its id is not asked of a notebook: whoever handed it in is known by its name.
    missing: known.filter(({ mark, what }) => mark !== "ok" && what !== "student").map(({ what, text }) => {
      const [why, ...rest] = text.split("\n");
      const line = rest.join(" ").replace(/^.*?(?=submit\.)/, "");
      return { what, why: cleanText(why), line: line === "" ? null : cleanText(line) };
    }),
    places: placesOf(bytes, run.collected?.functions ?? {}),
    differences,
    kept: kept.map(cleanText),
  };
}

/** Messages of errors are told in part: they may be as long as arrays are. */
function firstWords(message: string): string {
  const text = cleanText(message);
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}...` : text;
}

/** Space, tab, line feed and carriage return. */
const BLANKS = [0x20, 0x09, 0x0a, 0x0d];

/** What notebooks were before version 4: it is made one of that when it is run. */
const oldNotebookSchema = z.looseObject({ worksheets: z.array(z.unknown()) });

const notebookSchema = z.looseObject({
  cells: z.array(
    z.looseObject({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]).optional() }),
  ),
});

/** The cells of code that define a function, for each that is named. */
function placesOf(
  notebook: Uint8Array,
  functions: Readonly<Record<string, string | null>>,
): Partial<Record<Role, CellPlace>> {
  const cells = codeOf(notebook);
  const places: Partial<Record<Role, CellPlace>> = {};
  for (const role of ROLES) {
    const name = functions[role];
    if (name === null || name === undefined || !/^[\p{L}_][\p{L}\p{N}_]{0,80}$/u.test(name)) continue;
    const defined = new RegExp(`^[ \\t]*(?:async +)?def +${name} *\\(`, "m");
    const found = cells.flatMap((source, i) => defined.test(source) ? [i + 1] : []);
    if (found.length > 0) places[role] = { name, cells: found };
  }
  const batches = placeOfBatches(cells);
  return batches === null ? places : { ...places, batches };
}

/** What cuts rows into batches, as the course's GetMiniBatch, which is known by its name alone; null where that is none, or several are called so. */
function placeOfBatches(cells: readonly string[]): CellPlace | null {
  const defined = /^[ \t]*(?:class|def) +(\w*(?:mini_?batch|batches)\w*)\b/gimu;
  const found = cells.flatMap((source, i) =>
    Array.from(source.matchAll(defined), ([, name]) => ({ name, cell: i + 1 }))
  );
  const names = new Set(found.map(({ name }) => name));
  return names.size === 1
    ? { name: found[0].name, cells: [...new Set(found.map(({ cell }) => cell))] }
    : null;
}

function codeOf(notebook: Uint8Array): string[] {
  try {
    const { cells } = notebookSchema.parse(JSON.parse(new TextDecoder().decode(notebook)));
    return cells.filter(({ cell_type }) => cell_type === "code").map(({ source = "" }) =>
      typeof source === "string" ? source : source.join("")
    );
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}

/** Numbers of the probe that depend on no training and no random number. */
const FIXED = /^(?:A1|A2|probabilities|probabilities_large|loss|loss_zero|(?:small_)?d[WB]\d|new_[WB]\d)$/;
/** How far off a number in single precision may be, relative to the largest of its array. */
const NOISE = 1e-4;

/** The arrays of a probe that was handed in that are not what the notebook gives. */
export function differencesOf(handedIn: SubmittedArrays | null, given: SubmittedArrays | null): string[] {
  if (handedIn === null || given === null) return [];
  return Object.entries(handedIn).flatMap(([name, { shape, data }]) => {
    const ours = given[name];
    if (!FIXED.test(name) || ours === undefined) return [];
    if (ours.shape.join() !== shape.join()) return [`probe.npz: ${name}`];
    const size = ours.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const far = ours.data.some((x, i) =>
      !Object.is(x, data[i]) && !(Math.abs(x - data[i]) <= NOISE * Math.max(size, 1e-30)) &&
      !(Number.isNaN(x) && Number.isNaN(data[i]))
    );
    return far ? [`probe.npz: ${name}`] : [];
  });
}

/** Why a notebook was not run, as a problem of its submission. */
export function notRun(fault: Fault): { file: string; fault: Fault } {
  return { file: MANIFEST, fault };
}
