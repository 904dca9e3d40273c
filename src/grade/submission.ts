import { type Fault, sayFault } from "./fault.ts";
import type { FaultPlace } from "./messages/files_en.ts";
import type { GradeMessages } from "./messages/messages.ts";
import type { NotebookFacts } from "./notebook.ts";
import type { Manifest } from "./manifest.ts";
import type { GradeTensor } from "./student_program.ts";

/** Who hands in, and what. */
export const MANIFEST = "manifest.yaml";
/** Of track ts. */
export const PROGRAM = "src/mod.ts";
/** What is read of track artifact. */
export const ARTIFACT_FILES: readonly string[] = [
  MANIFEST,
  "probe.npz",
  "weights.npz",
  "predictions.csv",
  "history.csv",
  "misclassified.csv",
  "validation.csv",
];

/** What a student handed in, read and hashed, nothing of it run and nothing of it believed. */
export interface Submission {
  /** The folder's name, or the archive's without its extension: who handed it in, as far as the file system says. */
  readonly name: string;
  /** SHA-256 of the sorted lines `<sha256 of the file>  <path>\n`, all files: the same for a folder and its zip. */
  readonly sha256: string;
  /** Every file, sorted by path, also those that nothing reads. */
  readonly files: readonly SubmittedFile[];
  /** Null where manifest.yaml is missing or wrong; the problems say so. */
  readonly manifest: Manifest | null;
  /** The text of src/mod.ts. Null where there is none or it is no UTF-8. */
  readonly source: string | null;
  /** predictions.csv: index,label. */
  readonly predictions: CsvTable | null;
  /** history.csv: epoch,train_loss,val_loss[,...]. */
  readonly history: CsvTable | null;
  /** misclassified.csv: index,predicted,label. */
  readonly misclassified: CsvTable | null;
  /** validation.csv: index, of the training images that were set aside; optional. */
  readonly validation?: CsvTable | null | undefined;
  /** weights.npz: W1, B1, ... */
  readonly weights: SubmittedArrays | null;
  /** probe.npz: what docs/grading.md lists. */
  readonly probe: SubmittedArrays | null;
  /** The notebook that was run, where that is what is graded. */
  readonly notebook?: NotebookFacts | undefined;
  /** What could not be read, and why; a file that has a problem is null above. */
  readonly problems: readonly SubmissionProblem[];
}

interface SubmittedFile {
  /** Within the submission, with `/`. */
  readonly path: string;
  readonly sha256: string;
}

/** A CSV file as text cells: what they should be is for the checks to ask. Every row has as many cells as the header. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** On which lines of the file the header and each row begin. Left out: from 1, one after another. */
  readonly lines?: readonly number[] | undefined;
  /** What stood between cells, where it was no comma. */
  readonly separator?: string | undefined;
}

/** On which lines the header and each row begin. */
export function linesOf({ rows, lines }: CsvTable): readonly number[] {
  return lines ?? Array.from({ length: rows.length + 1 }, (_, i) => i + 1);
}

export type SubmittedArrays = Readonly<Record<string, SubmittedArray>>;

/** An array of an .npz, its values widened to float64. */
export interface SubmittedArray extends GradeTensor {
  /** As it was saved: `<f4`, `<f8`, `<i8`, ... */
  readonly dtype: string;
}

/** A file of a submission that is not as it must be. */
export interface SubmissionProblem {
  /** Its path within the submission. */
  readonly file: string;
  /** What is wrong. No path of this machine. */
  readonly fault: Fault;
  /** Where in the file. */
  readonly place?: FaultPlace | undefined;
}

/** Whether it is only the manifest's student that is wrong: then the name of the submission says whose it is, and everything is read. */
export function namesNobody({ file, place }: SubmissionProblem): boolean {
  return file === MANIFEST && place?.path === "student";
}

/** What is wrong with a file, beginning with its name. */
export function sayProblem(problem: SubmissionProblem, t: GradeMessages): string {
  return t.files.problem(problem.file, sayPlacedFault(problem, t));
}

/** The same for whoever knows which file it is. */
export function sayPlacedFault({ fault, place }: Omit<SubmissionProblem, "file">, t: GradeMessages): string {
  const said = sayFault(fault, t);
  return place === undefined ? said : t.files.located(place, said);
}
