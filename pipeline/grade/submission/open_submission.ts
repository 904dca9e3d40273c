import { type Fault, FaultError } from "../../../src/grade/fault.ts";
import { byPlace } from "../../../src/config/yaml/config_error.ts";
import { type Manifest, manifestSchema } from "../../../src/grade/manifest.ts";
import {
  ARTIFACT_FILES,
  MANIFEST,
  namesNobody,
  PROGRAM,
  type Submission,
  type SubmissionProblem,
} from "../../../src/grade/submission.ts";
import { say } from "../../messages/messages.ts";
import { hashBytes } from "../../store/hash.ts";
import { cleanText } from "../../../src/grade/clean_text.ts";
import { basename } from "node:path";
import { studentOfName } from "../../../src/grade/platform_name.ts";
import {
  differencesOf,
  factsOf,
  findNotebook,
  type FoundNotebook,
  type Notebooks,
  notRun,
  UNNAMED,
  withoutExportFolder,
} from "../notebook/notebooks.ts";
import { submissionName } from "../list_submissions.ts";
import { checkYaml } from "../parse_yaml.ts";
import {
  DEFAULT_SUBMISSION_LIMITS,
  type HandedIn,
  type SubmissionLimits,
  withoutOuterFolders,
} from "./handed_in.ts";
import { readArrays, readCsv } from "./read_contents.ts";
import { readFolder } from "./read_folder.ts";
import { readZip } from "./read_zip.ts";
import { cannotRead } from "../../system/files.ts";
import { because, quotedReason } from "../../system/reasons.ts";
import type { Texts } from "../../../src/text/language.ts";

/**
 * Reads a submission, a folder, a zip or a notebook. Nothing of it is run or written to the disk, but a notebook where there is something to run
 * it with: then what it gives is what was handed in. And whatever is wrong with it is a problem of the file it
 * is wrong with, which then counts as absent; the other files are read all the same.
 *
 * Throws a UserError only where the path is no folder and no zip, or cannot be read at all.
 */
export async function openSubmission(
  path: string,
  limits: Partial<SubmissionLimits> = {},
  notebooks: Notebooks | null = null,
): Promise<Submission> {
  const all = { ...DEFAULT_SUBMISSION_LIMITS, ...limits };
  const handedIn = withoutOuterFolders(await readAll(path, all));
  const name = submissionName(path);
  const submission = new SubmissionReading(handedIn, all).submission(name);
  const notebook = notebooks === null || submission.manifest?.track === "ts"
    ? null
    : findNotebook(handedIn.files);
  if (notebooks === null || notebook === null) return submission;
  return await graded(submission, { notebook, handedIn, notebooks, limits: all });
}

/** The notebook that would be run of a submission; null where there is none. */
export async function notebookIn(path: string): Promise<FoundNotebook | null> {
  return findNotebook(withoutOuterFolders(await readAll(path, DEFAULT_SUBMISSION_LIMITS)).files);
}

/** A submission as its notebook gives it, and files that the notebook does not give as they were handed in. */
async function graded(
  { name, sha256, files }: Submission,
  { notebook, handedIn, notebooks, limits }: {
    notebook: FoundNotebook;
    handedIn: HandedIn;
    notebooks: Notebooks;
    limits: SubmissionLimits;
  },
): Promise<Submission> {
  const beside = { files: withoutExportFolder(handedIn.files), problems: handedIn.problems };
  const own = new SubmissionReading(beside, limits).submission(name);
  const { file, fault } = notebook;
  if (fault !== null) {
    return {
      ...own,
      sha256,
      files,
      problems: [{ file: cleanText(file), fault }, ...withoutNoManifest(own.problems)],
    };
  }
  const run = await notebooks.run(notebook.bytes);
  if (!run.ok) {
    const refused = { manifest: null, source: null, problems: [notRun(run.fault)] };
    return { ...own, ...refused, sha256, files };
  }
  const given = new SubmissionReading({ files: run.value.files, problems: [] }, limits).submission(name);
  const mixed = new Map([...beside.files].filter(([path]) => ARTIFACT_FILES.includes(path)));
  const kept = [...mixed.keys()].filter((path) => !run.value.files.has(path));
  for (const [path, bytes] of run.value.files) mixed.set(path, bytes);
  const read = new SubmissionReading({ files: mixed, problems: [] }, limits).submission(name);
  const { manifest } = read;
  const named = manifest !== null && manifest.student !== UNNAMED ? manifest.student : null;
  const student = own.manifest?.student ?? named ?? studentOfName(name);
  const unnamed = run.value.files.has(MANIFEST) ? own.problems.filter(namesNobody) : [];
  const differences = differencesOf(own.probe, given.probe);
  return {
    ...read,
    name,
    sha256,
    files,
    source: null,
    manifest: manifest && { ...manifest, student, submitted: own.manifest?.submitted ?? manifest.submitted },
    // What a notebook comes with may be anything; only what would be read is to be spoken of.
    problems: [...unnamed, ...withoutNoManifest(read.problems), ...handedIn.problems],
    notebook: factsOf(run.value, { ...notebook, kept, differences }),
  };
}

const NO_MANIFEST: readonly Fault[0][] = ["missing", "manifestDeep", "manifestInZip"];

/** A notebook needs no manifest. */
function withoutNoManifest(problems: readonly SubmissionProblem[]): SubmissionProblem[] {
  return problems.filter(({ file, fault: [name] }) => file !== MANIFEST || !NO_MANIFEST.includes(name));
}

async function readAll(path: string, limits: SubmissionLimits): Promise<HandedIn> {
  const fail = (reason: Texts, cause?: unknown) =>
    cannotRead(path, reason, { what: say((t) => t.errors.whats.submission), cause });
  let archive: Uint8Array;
  try {
    const { isDirectory, isFile, size } = await Deno.stat(path);
    if (isFile && /\.ipynb$/i.test(path)) return await readNotebook(path, size, limits);
    if (isDirectory) return unpackOnlyZip(await readFolder(path, limits), limits);
    if (!isFile) throw fail(because((t) => t.notFolderOrZip));
    if (size > limits.archiveBytes) {
      return unreadable(path, ["tooLarge", limits.archiveBytes, size]);
    }
    archive = await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    const isMissing = error instanceof Deno.errors.NotFound;
    throw fail(isMissing ? because((t) => t.nothingThere) : quotedReason(error), error);
  }
  try {
    return readZip(archive, limits);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return unreadable(path, error.fault, archive);
  }
}

/** A notebook handed in by itself. */
async function readNotebook(path: string, size: number, { fileBytes }: SubmissionLimits): Promise<HandedIn> {
  const file = basename(path);
  if (size > fileBytes) {
    return { files: new Map(), problems: [{ file, fault: ["tooLarge", fileBytes, size] }] };
  }
  return { files: new Map([[file, await Deno.readFile(path)]]), problems: [] };
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
    const csv = (path: string) => this.#read(path, csvBytes, (bytes) => readCsv(bytes, this.#limits));
    const manifest = this.#manifest(name);
    if (manifest?.track === "ts") this.#seekProgram();
    const npz = (path: string) => this.#read(path, npzBytes, (bytes) => readArrays(bytes, this.#limits));
    return {
      name,
      sha256: hashBytes(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("")),
      files,
      manifest,
      source: this.#read(PROGRAM, sourceBytes, text),
      predictions: csv("predictions.csv"),
      history: csv("history.csv"),
      misclassified: csv("misclassified.csv"),
      validation: csv("validation.csv"),
      weights: npz("weights.npz"),
      probe: npz("probe.npz"),
      problems: this.#problems.map(({ file, ...problem }) => ({ file: cleanText(file), ...problem })),
    };
  }

  /** The manifest; the submission's name stands in for a student that cannot be one. */
  #manifest(name: string): Manifest | null {
    const file = MANIFEST;
    if (!this.#files.has(file) && !this.#problems.some((problem) => problem.file === file)) {
      this.#problems.push({ file, fault: this.#whereElse(file) });
    }
    const read = this.#read(
      file,
      this.#limits.manifestBytes,
      (bytes) =>
        checkYaml(text(bytes), {
          file,
          schema: manifestSchema,
          what: "a manifest",
          texts: ["student"],
          standIns: { student: UNNAMED },
        }),
    );
    const faults = read?.faults ?? [];
    for (const { line = 1, column = 1, path, fault } of faults.toSorted(byPlace)) {
      this.#problems.push({ file, fault, place: { line, column, path: cleanText(path) } });
    }
    const manifest = read?.parsed?.value ?? null;
    return manifest !== null && faults.length > 0 ? { ...manifest, student: studentOfName(name) } : manifest;
  }

  /** Where there is no program in its place, what there is instead. */
  #seekProgram(): void {
    if (this.#files.has(PROGRAM) || this.#problems.some(({ file }) => file === PROGRAM)) return;
    const found = [...this.#files.keys()].filter((path) => /\.[mc]?[jt]sx?$/i.test(path)).map(cleanText)
      .sort();
    if (found.length > 0) this.#problems.push({ file: PROGRAM, fault: ["programElsewhere", found] });
  }

  /** Of a file that is not at the top: where it may be instead. */
  #whereElse(file: string): Fault {
    const paths = [...this.#files.keys()].map(cleanText).sort();
    const deep = paths.find((path) => path.endsWith(`/${file}`));
    if (deep !== undefined) return ["manifestDeep", deep, deep.split("/").length - 1];
    // One that is no zip has a problem of its own.
    const zip = paths.find((path) =>
      /\.zip$/i.test(path) && !this.#problems.some((problem) => problem.file === path)
    );
    return zip === undefined ? ["missing"] : ["manifestInZip", zip];
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
