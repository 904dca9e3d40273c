import { basename, join, relative, resolve } from "node:path";
import { isOnlineText, platformName } from "../../src/grade/platform_name.ts";
import { UserError } from "../system/errors.ts";

/** What the paths of a command line stand for. */
export interface ListedSubmissions {
  /** Sorted by name. */
  readonly paths: string[];
  /** What lies beside them and is none that can be graded; somebody may have meant it as one. */
  readonly refused: readonly RefusedEntry[];
}

/** An entry of a folder of submissions that cannot be graded. */
export interface RefusedEntry {
  readonly name: string;
  readonly reason: string;
}

/**
 * The submissions that the paths stand for, each once: a zip, a notebook, a folder with a manifest.yaml or src/mod.ts in it, or a folder of such, of which
 * hidden entries are left out. A symbolic link in it is followed where it leads to something in the same folder. Throws a UserError for a path
 * that is none, and for two submissions of the same name.
 */
export async function listSubmissions(paths: readonly string[]): Promise<ListedSubmissions> {
  const found = new Map<string, string>();
  const refused: RefusedEntry[] = [];
  for (const path of paths) {
    const inside = await expand(path);
    for (const entry of inside.refused) refused.push(entry);
    for (const submission of inside.paths) {
      const name = submissionName(submission);
      const other = found.get(name);
      if (other !== undefined && resolve(other) !== resolve(submission)) {
        throw new UserError(
          `Cannot grade: submissions must differ in their names, found ${other} and ${submission}`,
        );
      }
      found.set(name, submission);
    }
  }
  const byName = <T>(name: (item: T) => string) => (a: T, b: T) => name(a) < name(b) ? -1 : 1;
  return {
    paths: [...found].sort(byName(([name]) => name)).map(([, path]) => path),
    refused: refused.sort(byName(({ name }) => name)),
  };
}

/** The folder's name, or the archive's without its extension. */
export function submissionName(path: string): string {
  return basename(resolve(path)).replace(/\.(?:zip|ipynb)$/i, "");
}

async function expand(path: string): Promise<ListedSubmissions> {
  const info = await stat(path);
  if (info === null) throw new UserError(`Cannot grade ${path}: there is no such file or folder`);
  if (info.isFile) {
    if (/\.(?:zip|ipynb)$/i.test(path)) return { paths: [path], refused: [] };
    throw new UserError(
      `Cannot grade ${path}: a submission must be a folder, a .zip or a .ipynb, found another file`,
    );
  }
  if (!info.isDirectory) {
    throw new UserError(
      `Cannot grade ${path}: a submission must be a folder, a .zip or a .ipynb, found a device or a pipe`,
    );
  }
  if (await isSubmission(path)) return { paths: [path], refused: [] };
  const inside: string[] = [];
  const refused: RefusedEntry[] = [];
  for await (const entry of Deno.readDir(path)) {
    if (entry.name.startsWith(".")) continue;
    const reason = await refusalOf(path, entry);
    if (reason === null) inside.push(join(path, entry.name));
    else if (reason !== OTHER_FILE) refused.push({ name: entry.name, reason });
  }
  if (inside.length === 0 && refused.length === 0) {
    throw new UserError(
      `Cannot grade ${path}: it must be a submission, with a manifest.yaml in it, or a folder of submissions, found neither`,
    );
  }
  return { paths: inside, refused };
}

/** Of a file that nobody hands in as a submission, such as a list of students. */
const OTHER_FILE = "another file";
/** What is an archive of another kind is meant as a submission. */
const OTHER_ARCHIVE = /\.(?:rar|7z|tar|t?gz|t?bz2|t?xz)$/i;

/** Why an entry of a folder of submissions is none that can be graded; null where it is one. */
async function refusalOf(
  folder: string,
  { name, isDirectory, isFile, isSymlink }: Deno.DirEntry,
): Promise<string | null> {
  if (isOnlineText(name)) return "text written into the platform, no file";
  if (isDirectory) return null;
  if (isFile) return fileRefusal(name);
  if (!isSymlink) return "a device or a pipe";
  const path = join(folder, name);
  const target = await stat(path);
  if (target === null) return "a symbolic link that leads nowhere";
  const way = relative(await Deno.realPath(folder), await Deno.realPath(path));
  if (way === "" || way === ".." || /^\.\.[\\/]/.test(way) || resolve(way) === way) {
    return "a symbolic link that leads out of the folder";
  }
  if (target.isDirectory) return null;
  return target.isFile ? fileRefusal(name) : "a symbolic link to a device or a pipe";
}

function fileRefusal(name: string): string | null {
  if (/\.(?:zip|ipynb)$/i.test(name)) return null;
  if (platformName(name) !== null) return "a single file; download with a folder for each student";
  return OTHER_ARCHIVE.test(name) ? "an archive that is no .zip" : OTHER_FILE;
}

async function isSubmission(path: string): Promise<boolean> {
  const marks = await Promise.all(
    ["manifest.yaml", "src/mod.ts", "probe.npz", "weights.npz"].map((name) => stat(join(path, name))),
  );
  return marks.some((mark) => mark !== null);
}

async function stat(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    // A name too long for the system, or below a file, is not there either.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}
