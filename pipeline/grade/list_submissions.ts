import { basename, join, relative, resolve } from "node:path";
import { isOnlineText, platformName } from "../../src/grade/platform_name.ts";
import { MANIFEST, PROGRAM } from "../../src/grade/submission.ts";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { isMissing } from "../system/files.ts";
import { because } from "../system/reasons.ts";

/** What the paths of a command line stand for. */
export interface ListedSubmissions {
  /** Sorted by name. */
  readonly paths: string[];
  /** What lies beside them and is none that can be graded; somebody may have meant it as one. */
  readonly refused: readonly RefusedEntry[];
  /** Names of files beside them that nobody may have meant as one, such as a list of students; or somebody who does not know better. */
  readonly others: readonly string[];
}

/** An entry of a folder of submissions that cannot be graded. */
export interface RefusedEntry {
  readonly name: string;
  readonly reason: Texts;
}

/**
 * The submissions that the paths stand for, each once: a zip, a notebook, a folder with one of MARKS in it, or a folder of such, of which
 * hidden entries are left out. A symbolic link in it is followed where it leads to something in the same folder. Throws a UserError for a path
 * that is none, and for two submissions of the same name.
 */
export async function listSubmissions(paths: readonly string[]): Promise<ListedSubmissions> {
  const found = new Map<string, string>();
  const refused: RefusedEntry[] = [];
  const others: string[] = [];
  for (const path of paths) {
    const inside = await expand(path);
    others.push(...inside.others);
    for (const entry of inside.refused) refused.push(entry);
    for (const submission of inside.paths) {
      const name = submissionName(submission);
      const other = found.get(name);
      if (other !== undefined && resolve(other) !== resolve(submission)) {
        throw new UserError(say((t) => t.errors.sameNames(other, submission)));
      }
      found.set(name, submission);
    }
  }
  const byName = <T>(name: (item: T) => string) => (a: T, b: T) => name(a) < name(b) ? -1 : 1;
  return {
    paths: [...found].sort(byName(([name]) => name)).map(([, path]) => path),
    refused: refused.sort(byName(({ name }) => name)),
    others: others.sort(),
  };
}

/** The folder's name, or the archive's without its extension. */
export function submissionName(path: string): string {
  return basename(resolve(path)).replace(/\.(?:zip|ipynb)$/i, "");
}

async function expand(path: string): Promise<ListedSubmissions> {
  const info = await stat(path);
  if (info === null) throw cannotGrade(path, because((t) => t.nothingThere));
  if (info.isFile) {
    if (/\.(?:zip|ipynb)$/i.test(path)) return { paths: [path], refused: [], others: [] };
    throw cannotGrade(path, because((t) => t.noSubmission));
  }
  if (!info.isDirectory) throw cannotGrade(path, because((t) => t.submissionDevice));
  if (await isSubmission(path)) return { paths: [path], refused: [], others: [] };
  const inside: string[] = [];
  const refused: RefusedEntry[] = [];
  const others: string[] = [];
  for await (const entry of Deno.readDir(path)) {
    if (entry.name.startsWith(".")) continue;
    const reason = await refusalOf(path, entry);
    if (reason === null) inside.push(join(path, entry.name));
    else if (reason === "another file") others.push(entry.name);
    else refused.push({ name: entry.name, reason });
  }
  if (inside.length === 0 && refused.length === 0) {
    throw cannotGrade(path, because((t) => t.noSubmissions(MARKS.join(", "))));
  }
  return { paths: inside, refused, others };
}

function cannotGrade(path: string, reason: Texts): UserError {
  return new UserError(say((t) => t.errors.cannotGrade(path, reason[t.language])));
}

/** What is an archive of another kind is meant as a submission. */
const OTHER_ARCHIVE = /\.(?:rar|7z|tar|t?gz|t?bz2|t?xz)$/i;

/** Why an entry of a folder of submissions is none that can be graded; null where it is one. See `others` for `another file`. */
async function refusalOf(
  folder: string,
  { name, isDirectory, isFile, isSymlink }: Deno.DirEntry,
): Promise<Texts | "another file" | null> {
  if (isOnlineText(name)) return say((t) => t.grade.refusals.onlineText);
  if (isDirectory) return null;
  if (isFile) return fileRefusal(name);
  if (!isSymlink) return say((t) => t.grade.refusals.device);
  const path = join(folder, name);
  const target = await stat(path);
  if (target === null) return say((t) => t.grade.refusals.deadLink);
  const way = relative(await Deno.realPath(folder), await Deno.realPath(path));
  if (way === "" || way === ".." || /^\.\.[\\/]/.test(way) || resolve(way) === way) {
    return say((t) => t.grade.refusals.linkOut);
  }
  if (target.isDirectory) return null;
  return target.isFile ? fileRefusal(name) : say((t) => t.grade.refusals.linkToDevice);
}

function fileRefusal(name: string): Texts | "another file" | null {
  if (/\.(?:zip|ipynb)$/i.test(name)) return null;
  if (platformName(name) !== null) return say((t) => t.grade.refusals.singleFile);
  return OTHER_ARCHIVE.test(name) ? say((t) => t.grade.refusals.otherArchive) : "another file";
}

/** Files of which one makes a folder a submission. */
const MARKS = [MANIFEST, PROGRAM, "probe.npz", "weights.npz"];

async function isSubmission(path: string): Promise<boolean> {
  const marks = await Promise.all(MARKS.map((name) => stat(join(path, name))));
  return marks.some((mark) => mark !== null);
}

async function stat(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    // A name too long for the system, below a file, or a link to itself is not there either.
    if (isMissing(error) || error instanceof Deno.errors.FilesystemLoop) return null;
    throw error;
  }
}
