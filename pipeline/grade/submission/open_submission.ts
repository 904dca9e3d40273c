import { type Fault, FaultError } from "../../../src/grade/fault.ts";
import { byPlace } from "../../../src/config/yaml/config_error.ts";
import { type Manifest, manifestSchema } from "../../../src/grade/manifest.ts";
import type { Submission, SubmissionProblem } from "../../../src/grade/submission.ts";
import { UserError } from "../../system/errors.ts";
import { hashBytes } from "../../store/hash.ts";
import { cleanText } from "../../../src/grade/clean_text.ts";
import { submissionName } from "../list_submissions.ts";
import { checkYaml } from "../parse_yaml.ts";
import {
  DEFAULT_SUBMISSION_LIMITS,
  type HandedIn,
  type SubmissionLimits,
  withoutOuterFolder,
} from "./handed_in.ts";
import { readArrays, readCsv } from "./read_contents.ts";
import { readFolder } from "./read_folder.ts";
import { readZip } from "./read_zip.ts";

/**
 * Reads a submission, a folder or a zip. Nothing of it is run or written to the disk, and whatever is wrong with it is a problem of the file it
 * is wrong with, which then counts as absent; the other files are read all the same.
 *
 * Throws a UserError only where the path is no folder and no zip, or cannot be read at all.
 */
export async function openSubmission(
  path: string,
  limits: Partial<SubmissionLimits> = {},
): Promise<Submission> {
  const all = { ...DEFAULT_SUBMISSION_LIMITS, ...limits };
  const reading = new SubmissionReading(withoutOuterFolder(await readAll(path, all)), all);
  return reading.submission(submissionName(path));
}

async function readAll(path: string, limits: SubmissionLimits): Promise<HandedIn> {
  const fail = (reason: string) => new UserError(`Cannot read the submission ${path}: ${reason}`);
  let archive: Uint8Array;
  try {
    const { isDirectory, isFile, size } = await Deno.stat(path);
    if (isDirectory) return unpackOnlyZip(await readFolder(path, limits), limits);
    if (!isFile) throw fail("it must be a folder or a zip");
    if (size > limits.archiveBytes) {
      return unreadable(path, ["tooLarge", limits.archiveBytes, size]);
    }
    archive = await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw fail(error instanceof Deno.errors.NotFound ? "there is no such file or folder" : error.message);
  }
  try {
    return readZip(archive, limits);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return unreadable(path, error.fault, archive);
  }
}

/** Learning platforms put a zip that was handed in into a folder of its own: it is the submission. */
function unpackOnlyZip(handedIn: HandedIn, limits: SubmissionLimits): HandedIn {
  const [[name, archive] = ["", new Uint8Array()], ...others] = handedIn.files;
  if (!/^[^/]+\.zip$/i.test(name) || others.length > 0 || handedIn.problems.length > 0) return handedIn;
  try {
    return readZip(archive, limits);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { files: handedIn.files, problems: [{ file: name, fault: error.fault }] };
  }
}

/** An archive of which nothing can be believed: if anything, it is a file itself. */
function unreadable(path: string, fault: Fault, archive?: Uint8Array): HandedIn {
  const file = `${submissionName(path)}.zip`;
  return { files: new Map(archive && [[file, archive]]), problems: [{ file, fault }] };
}

class SubmissionReading {
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #limits: SubmissionLimits;
  readonly #problems: SubmissionProblem[];

  constructor({ files, problems }: HandedIn, limits: SubmissionLimits) {
    this.#files = files;
    this.#limits = limits;
    this.#problems = [...problems];
  }

  submission(name: string): Submission {
    const files = Array.from(this.#files, ([path, bytes]) => ({ path, sha256: hashBytes(bytes) }))
      .sort((a, b) => a.path < b.path ? -1 : 1);
    const { sourceBytes, csvBytes, npzBytes } = this.#limits;
    const csv = (path: string) => this.#read(path, csvBytes, (bytes) => readCsv(text(bytes), this.#limits));
    const npz = (path: string) => this.#read(path, npzBytes, (bytes) => readArrays(bytes, this.#limits));
    return {
      name,
      sha256: hashBytes(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("")),
      files,
      manifest: this.#manifest(),
      source: this.#read("src/mod.ts", sourceBytes, text),
      predictions: csv("predictions.csv"),
      history: csv("history.csv"),
      misclassified: csv("misclassified.csv"),
      validation: csv("validation.csv"),
      weights: npz("weights.npz"),
      probe: npz("probe.npz"),
      problems: this.#problems.map(({ file, ...problem }) => ({ file: cleanText(file), ...problem })),
    };
  }

  #manifest(): Manifest | null {
    const file = "manifest.yaml";
    if (!this.#files.has(file) && !this.#problems.some((problem) => problem.file === file)) {
      this.#problems.push({ file, fault: ["missing"] });
    }
    const read = this.#read(
      file,
      this.#limits.manifestBytes,
      (bytes) => checkYaml(text(bytes), { file, schema: manifestSchema, what: "a manifest" }),
    );
    const faults = read?.faults ?? [];
    for (const { line = 1, column = 1, path, fault } of faults.toSorted(byPlace)) {
      this.#problems.push({ file, fault, place: { line, column, path: cleanText(path) } });
    }
    return read?.parsed?.value ?? null;
  }

  /** What a file holds, null where it is missing or has a problem. */
  #read<T>(file: string, maxBytes: number, read: (bytes: Uint8Array) => T): T | null {
    const bytes = this.#files.get(file);
    if (bytes === undefined) return null;
    try {
      if (bytes.length > maxBytes) {
        throw new FaultError(["tooLarge", maxBytes, bytes.length]);
      }
      return read(bytes);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      this.#problems.push({ file, fault: error.fault });
      return null;
    }
  }
}

function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FaultError(["notText"], { cause: error });
  }
}
