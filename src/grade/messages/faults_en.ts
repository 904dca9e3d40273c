import { describeAllowed, describeFound } from "../../config/explain/describe.ts";
import type { JsonSchema } from "../../config/json_schema.ts";
import type { OtherPixels } from "../other_pixels.ts";
import { counted, showNumber } from "../show_number.ts";
import { describeNpyProblem, type NpyProblem } from "../../numpy/npy_error.ts";

/** What stands where something else was wanted. */
export type ValueKind =
  | "array"
  | "object"
  | "null"
  | "undefined"
  | "string"
  | "number"
  | "boolean"
  | "function"
  | "symbol"
  | "bigint";

/** Why a file that is called a notebook is none. */
export type NoNotebook = "empty" | "encoding" | "json" | "cells";

/** English texts of faults: each follows the name of what it is about. See Fault. */
export const faultsEn = {
  // A submission's files.
  missing: () => "is missing",
  manifestDeep: (path: string, folders: number) =>
    `must lie at the top of what is handed in, or in its one folder; found it as ${path}, ${
      counted(folders, "folder")
    } down: hand in that folder`,
  manifestInZip: (zip: string) =>
    `must lie at the top of what is handed in, or in its one folder; found the zip ${zip} instead: if your files are in it, hand in those`,
  programElsewhere: (found: readonly string[]) =>
    `is missing; found ${found.slice(0, 5).join(", ")}${
      found.length > 5 ? ", ..." : ""
    } instead: a program counts only under that name, in the folder src`,
  noProgram: () => "the submission must have src/mod.ts, found none",
  templateUnchanged: () => "this is the template, unchanged",
  notReadHere: () => "the submission could not be read here",
  notebookNotRun: (missing: string) =>
    `the notebook could not be run here, as there is no ${missing}; with --artifacts-only the files beside it are graded instead`,
  noNotebook: (why: NoNotebook) => `is no notebook: ${NO_NOTEBOOK_EN[why]}`,
  notebookGaveTooMuch: () => "it gave more than a submission may have",
  notebookBrokeOff: () => "it could not be run to its end",
  notebookDied: () => "Python ended while it ran",
  notebookTakingLate: () => "looking for the network in it took too long",
  notebookTakingFailed: (words: string) =>
    `an error occurred while the network was looked for in what it left (${words})`,
  /** @param words the error, its name first */
  notebookLacks: (cell: number, words: string) =>
    `no network was found in the notebook, and its code cell ${cell} failed for what is not here (${words}): run it where that is, and grade the files that submit.py writes there`,
  notebookTrainedShort: (made: number, asked: number) =>
    `the network could be trained for ${made} of ${
      counted(asked, "epoch")
    } only in the time that a notebook has here; with a larger --budget it is trained for all of them`,
  settingsUnknown: (names: readonly string[]) =>
    `${
      names.join(", ")
    } of the training could not be found in the notebook, and ours can only be compared with one of the same settings; a last cell gives them: import submit, then submit.export(model, X_test, y_test, ${
      names.map((name) => `${name}=...`).join(", ")
    })`,
  rateChanges: (first: number, last: number) =>
    `the learning rate changes in the training, from ${showNumber(first)} to ${
      showNumber(last)
    }, and ours have the first one throughout: what differs from them need not be wrong`,
  otherOptimizer: (name: string): string =>
    `the notebook trains by ${
      name === "" ? "updates that are not" : `${name}, which is not`
    } plain gradient descent, as ours is: what differs from it need not be wrong`,
  otherPixels: (which: OtherPixels): string => {
    const what = {
      as_they_are: "the notebook gives its training pixels that are not divided by 255, and ours are",
      divided_twice: "the notebook trains on pixels that are divided by 255 twice, and ours are divided once",
      other:
        "the notebook trains on pixels that are made otherwise than by division by 255, and ours are divided by 255",
    };
    return `${what[which]}: what differs from them need not be wrong`;
  },
  longPath: (most: number) => `has a path of more than ${most} characters`,
  controlCharacters: () => "has a path with control characters",
  backslash: () => "has a path with a backslash; a path has / between its parts",
  absolutePath: () => "has an absolute path",
  leadsOut: () => "has a path that leads out of the submission",
  emptyPart: () => "has a path with an empty part",
  twice: () => "is there twice",
  alsoAs: (others: readonly string[]) => `is there also as ${others.join(", ")}`,
  fileAndFolder: (inside: string) => `is a file and a folder at once, as in ${inside}`,
  insideFile: (file: string) => `is inside of ${file}, which is a file`,
  symbolicLink: () => "is a symbolic link; hand in the file itself",
  neitherFileNorFolder: () => "is neither a file nor a folder",
  tooDeep: (most: number) => `is more than ${most} folders deep`,
  tooManyEntries: (most: number) => `is one too many: a submission has at most ${most} files and folders`,
  systemRefuses: (code: string) => `cannot be read (${code})`,
  replaced: () => "was replaced while it was read",
  tooLarge: (most: number, found: number) => `must be at most ${most} bytes, found ${found}`,
  noRoom: (most: number) => `is too much: a submission has at most ${most} bytes`,
  notText: () => "must be text in UTF-8, found other bytes",

  // Zips.
  zipNoEnd: () => "Cannot read a zip: it must be a zip, found no zip's end",
  zipSplit: () => "Cannot read a zip: it must be one file of less than 4 GiB",
  zipEntries: (most: number, found: number) =>
    `Cannot read a zip: it must have at most ${most} files and folders, found ${found}`,
  zipDirectory: () => "Cannot read a zip: its directory must lie inside of it",
  zipListing: () => "Cannot read a zip: its directory must list its files, found other bytes",
  encrypted: () => "is encrypted",
  otherCompression: () => "must be stored or deflated, found another compression",
  ratio: (most: number, { size, packed }: { size: number; packed: number }) =>
    `must be at most ${most} times its packed size, found ${size} bytes from ${packed}`,
  misplaced: () => "is not where the zip says it is",
  sharesBytes: () => "shares its bytes with another file",
  damaged: () => "is damaged: it is not what the zip says it is",

  // CSV files and arrays.
  csvEmpty: () => "is empty; it must have a header",
  csvNotText: () => "must be text in UTF-8, UTF-16 or Shift_JIS, found other bytes",
  csvColumns: (most: number, found: number) => `must have at most ${most} columns, found ${found}`,
  csvRows: (most: number) => `must have at most ${most} rows, found more`,
  csvCells: (line: number, expected: number, found: number) =>
    `line ${line} must have as many cells as the header, ${expected}, found ${found}`,
  csvLongRow: (line: number, most: number) => `line ${line} must have at most ${most} characters, found more`,
  csvQuotes: (line: number) =>
    `line ${line} has quotes that do not fit: a cell is quoted whole or not at all`,
  npy: (problem: NpyProblem, array: string | null) => describeNpyProblem(problem, array),

  // YAML.
  /** What the reader of YAML says; not all of it is in Japanese. */
  yaml: ({ en }: { en: string; ja?: string | undefined }) => en,
  notMapping: (what: string, found: unknown) => `${what} must be a mapping, found ${describeFound(found)}`,
  unknownKey: (allowed: readonly string[], meant: string | null) =>
    `is not a known key; allowed here: ${allowed.join(", ")}${didYouMean(meant)}`,
  valueMissing: (schema: JsonSchema) => `is missing; it must be ${describeAllowed(schema)}`,
  valueWrong: (schema: JsonSchema, { found, meant }: { found: unknown; meant: string | null }) =>
    `must be ${describeAllowed(schema)}, found ${describeFound(found)}${didYouMean(meant)}`,
  activations: (layers: number, found: number) =>
    `must be one, or one for each of the ${layers} hidden layers, found ${found}`,

  // What a rubric asks of its numbers and names.
  sumOfProblems: (sum: string, found: number) =>
    `must be the sum of the problems' points, ${sum}, found ${found}`,
  sumOfChecks: (track: string, sum: string, found: number) =>
    `must be the sum of its checks in track ${track}, ${sum}, found ${found}`,
  belowPoints: (points: number, found: number) => `must be at least the points, ${points}, found ${found}`,
  capAlone: () => "must come with `learned`, the accuracy below which it applies",
  capTooHigh: (most: number, found: number) =>
    `must be at most what there is to get, ${most}, found ${found}`,
  problemTwice: (name: string) => `must differ from the others, found ${name} again`,
  checkTwice: (track: string, name: string) =>
    `must have a name of its own in track ${track}, found ${name} again; write \`name:\``,
  noRange: (min: number, found: number) =>
    `must be at least min, ${min}, or nothing is allowed, found ${found}`,

  // What a rubric asks of grades set by hand.
  checkAlone: () => "must come with the problem that it is of",
  pointsTooMany: (most: number, found: number) => `must be at most ${most}, found ${found}`,
  unknownProblem: (found: string, allowed: readonly string[], meant: string | null) =>
    `must be a problem of the rubric, found ${found}${
      didYouMean(meant) || `; allowed: ${allowed.join(", ")}`
    }`,
  unknownCheck: (
    { problem, found }: Record<"problem" | "found", string>,
    allowed: readonly string[],
    meant: string | null,
  ) =>
    `must be a check of ${problem}, found ${found}${didYouMean(meant) || `; allowed: ${allowed.join(", ")}`}`,

  /** A list of the students of a course. */
  rosterColumns: (found: string) => `it must have a column student, found ${found || "nothing"}`,

  rosterNameless: (line: number) => `line ${line} names no student and counts for nobody`,
  rosterTwice: (line: number, student: string, first: number) =>
    `line ${line}: ${student} stands in line ${first} already, and counts once, as there`,

  // How a program's process ended.
  tookLonger: (seconds: number) => `took longer than ${seconds} s`,
  noTimeLeft: (seconds: number) => `no time left: all calls together took longer than ${seconds} s`,
  tooMuchMemory: () => "needed more memory than is allowed",
  printed: (most: number) => `printed more than ${most} bytes`,
  killed: (signal: string) => `crashed (${signal})`,
  /** @param call by which a program ends itself */
  endedItself: (code: number, call: string) =>
    `ended its process (exit code ${code}): ${call}, or a promise that nothing is left to resolve`,
  ended: () => "was ended",
  noReply: () => "sent what is no valid reply",
  notAsked: () => "sent a reply that was not asked for",
  longSource: (most: number, found: number) => `src/mod.ts must be at most ${most} bytes, found ${found}`,

  // What a program threw; its own words.
  threw: (place: string | null, words: string) => `${place === null ? "" : `${place}: `}${words}`,
  threwValue: (value: string) => `threw ${value}`,
  threwUnreadable: () => "threw what cannot be read",

  // What a program returned. A path is where in it: `forward().probabilities`.
  nestsTooDeep: (path: string) => `${path} nests too deep`,
  tooManyParts: (path: string) => `${path} has too many parts`,
  longString: (path: string) => `${path} is too long a string`,
  notData: (path: string, found: string) =>
    `${path} must be made of numbers, arrays and plain objects, found a ${found}`,
  manyNames: (path: string, most: number) => `${path} has more than ${most} names`,
  longName: (path: string) => `${path} has a name that is too long`,
  manyDimensions: (path: string, most: number) => `${path} has more than ${most} dimensions`,
  unequalRows: (path: string, expected: number, found: number | ValueKind) =>
    `${path} must have rows of equal lengths, ${expected}, found ${
      typeof found === "number" ? `a row of ${found}` : kindEn(found)
    }`,
  notNumbers: (path: string, found: ValueKind) => `${path} must hold numbers, found ${kindEn(found)}`,
  longArray: (path: string, most: number) =>
    `${path} must hold at most ${most} numbers, found a longer array`,
  manyNumbers: (path: string, most: number) => `${path} must hold at most ${most} numbers, found more`,

  // What the grader cannot have here; nobody's points are lost to it.
  noImages: (dataset: string) => `the images of ${dataset} are not at hand`,
  ownRunDiverges: (epoch: number) =>
    `our own run with these hyperparameters diverges in epoch ${epoch}, so there is nothing to compare with`,
  ownRunImpossible: () => "our own run with these hyperparameters could not be made here",
  tooCostly: (cost: string, most: number) =>
    `one epoch with the manifest's hyperparameters costs ${cost} times the course's own training, ` +
    `more than the rubric's reference.max_cost, ${most}`,
  bandShortened: (compared: number, epochs: number) =>
    `our own runs can make ${compared} of ${epochs} epochs within the rubric's reference.max_cost, which says nothing of the loss after all`,
  runsDiverged: (diverged: number, runs: number) =>
    `our own runs with these hyperparameters diverged, ${diverged} of ${runs}`,
  graderFailed: (words: string) => `the grader itself failed, which is a bug to report (${words})`,
};

const NO_NOTEBOOK_EN: Readonly<Record<NoNotebook, string>> = {
  empty: "it is empty",
  encoding: "it must be text in UTF-8, found other bytes",
  json: "it must be JSON, as Jupyter saves it, found something else or a part of it",
  cells: "it must be JSON with a list of cells, as Jupyter saves it",
};

function didYouMean(meant: string | null): string {
  return meant === null ? "" : `; did you mean \`${meant}\`?`;
}

function kindEn(kind: ValueKind): string {
  return kind === "array" ? "an array" : kind === "object" ? "an object" : kind;
}
