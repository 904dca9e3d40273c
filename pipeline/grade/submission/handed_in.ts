import type { Fault } from "../../../src/grade/fault.ts";
import type { SubmissionProblem } from "../../../src/grade/submission.ts";

/** The files of a folder or zip by path, and what of it was refused. */
export interface HandedIn {
  /** By path, with `/` between its parts. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** A problem for each file that is not among them. */
  readonly problems: readonly SubmissionProblem[];
}

/** Paths longer than this are nobody's work. */
const MAX_PATH = 250;
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** What operating systems and tools leave behind. */
const LEFTOVERS = new Set(["__MACOSX", "__pycache__", "node_modules", "Thumbs.db", "desktop.ini"]);

/** Why a path of a submission is refused, or null. `path` has `/` between its parts. */
export function refusePath(path: string): Fault | null {
  if (path.length > MAX_PATH) return ["longPath", MAX_PATH];
  if (CONTROL.test(path) || !path.isWellFormed()) return ["controlCharacters"];
  if (path.includes("\\")) return ["backslash"];
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return ["absolutePath"];
  if (path.split("/").includes("..")) return ["leadsOut"];
  if (path.split("/").some((part) => part === "" || part === ".")) return ["emptyPart"];
  return null;
}

/** Whether a path is of a hidden file, or of one that no student wrote. Nothing reads it, and it takes no part in hashes. */
export function isLeftover(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || LEFTOVERS.has(part));
}

/**
 * The paths that stand for more than one file, on this system or on another, each with the reason: given twice, different only in upper and
 * lower case or in how accents are written, or a file where another needs a folder.
 */
export function clashingPaths(paths: readonly string[]): ReadonlyMap<string, Fault> {
  const clashes = new Map<string, Fault>();
  const byKey = Map.groupBy(paths, keyOf);
  for (const same of byKey.values()) {
    if (same.length === 1) continue;
    const names = [...new Set(same)];
    for (const path of names) {
      const others = names.filter((name) => name !== path);
      clashes.set(path, others.length === 0 ? ["twice"] : ["alsoAs", others]);
    }
  }
  for (const path of paths) {
    for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) {
      for (const file of byKey.get(keyOf(path.slice(0, end))) ?? []) {
        clashes.set(file, ["fileAndFolder", path]);
        clashes.set(path, ["insideFile", file]);
      }
    }
  }
  return clashes;
}

function keyOf(path: string): string {
  return path.normalize("NFKC").toLowerCase();
}

/**
 * A submission whose only entry is one folder is that folder, and so once more: zips are often made of the folder instead of its content, and
 * unpacked into a folder of their own.
 */
export function withoutOuterFolders(handedIn: HandedIn): HandedIn {
  return withoutOuterFolder(withoutOuterFolder(handedIn));
}

function withoutOuterFolder({ files, problems }: HandedIn): HandedIn {
  const paths = [...files.keys()];
  const [outer] = paths[0]?.split("/", 1) ?? [];
  const prefix = `${outer}/`;
  if (outer === undefined || outer === "src" || !paths.every((path) => path.startsWith(prefix))) {
    return { files, problems };
  }
  const inner = (path: string) => path.startsWith(prefix) ? path.slice(prefix.length) : path;
  return {
    files: new Map([...files].map(([path, bytes]) => [inner(path), bytes])),
    problems: problems.map(({ file, ...problem }) => ({ file: inner(file), ...problem })),
  };
}

const MIB = 1024 * 1024;

/** How much of a submission is read. A file beyond a bound counts as absent. */
export interface SubmissionLimits {
  /** Files and folders. */
  readonly entries: number;
  /** Bytes of a zip as it was handed in. */
  readonly archiveBytes: number;
  /** Bytes of a file, unpacked. */
  readonly fileBytes: number;
  /** Bytes of all files together, unpacked. */
  readonly totalBytes: number;
  /** How often larger than packed a file of a zip may be, from 1 MiB on. */
  readonly ratio: number;
  /** Bytes of manifest.yaml. */
  readonly manifestBytes: number;
  /** Bytes of src/mod.ts. */
  readonly sourceBytes: number;
  /** Bytes of a CSV file. */
  readonly csvBytes: number;
  /** Rows of a CSV file, its header aside. */
  readonly csvRows: number;
  /** Bytes of the arrays of an .npz, unpacked. */
  readonly npzBytes: number;
}

/** Several times what a submission for the course's network takes. */
export const DEFAULT_SUBMISSION_LIMITS: SubmissionLimits = {
  entries: 2000,
  archiveBytes: 128 * MIB,
  fileBytes: 64 * MIB,
  totalBytes: 256 * MIB,
  ratio: 100,
  manifestBytes: 64 * 1024,
  sourceBytes: MIB,
  csvBytes: 4 * MIB,
  csvRows: 20_000,
  npzBytes: 32 * MIB,
};
