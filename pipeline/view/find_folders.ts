import { join } from "node:path";
import { FEEDBACK_FOLDER, GRADEBOOK_FILE } from "../../src/grade/outputs/file_names.ts";
import { JOURNAL_FILE } from "../results/journal.ts";
import { MANIFEST_FILE } from "../results/manifest.ts";

/** How deep below a folder that was named results are looked for. */
const MAX_DEPTH = 4;
/** Of a results folder: the runs' files and the figures, which may be ten thousands. */
const OWN_FOLDERS = new Set(["runs", "figures"]);
/** Of a folder of grades: a page a student. */
const GRADES_FOLDERS = new Set([FEEDBACK_FOLDER]);
/** A file system's clock may be so coarse that a folder which changed just now changes again without a trace. */
const SETTLED_MS = 2000;

interface Listing {
  readonly mtime: number;
  readonly readAt: number;
  readonly folders: readonly string[];
  readonly isResults: boolean;
  /** Whether a grading wrote it. */
  readonly isGrades: boolean;
}

/** Finds the results folders below some folders, links not followed; again for little, as only folders that have changed are read. */
export class FolderFinder {
  readonly #roots: readonly string[];
  #known = new Map<string, Listing>();
  #grades: readonly string[] = [];

  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  /** Folders of grades that the last look found, in the same order. */
  get grades(): readonly string[] {
    return this.#grades;
  }

  /** Paths in the order of the folders that were named, then by name. What cannot be read has none. */
  find(now: number = Date.now()): string[] {
    const found = new Set<string>();
    const seen = new Map<string, Listing>();
    const look = (folder: string, depth: number) => {
      const listing = this.#list(folder, now);
      if (listing === null || seen.has(folder)) return;
      seen.set(folder, listing);
      if (listing.isResults) found.add(folder);
      if (depth === MAX_DEPTH) return;
      for (const name of listing.folders) {
        if (listing.isResults && OWN_FOLDERS.has(name)) continue;
        if (listing.isGrades && GRADES_FOLDERS.has(name)) continue;
        look(join(folder, name), depth + 1);
      }
    };
    for (const root of this.#roots) look(root, 0);
    this.#known = seen;
    this.#grades = [...seen].filter(([, { isGrades }]) => isGrades).map(([folder]) => folder);
    return [...found];
  }

  #list(folder: string, now: number): Listing | null {
    try {
      // What was named may be a link; below it none is followed.
      const info = this.#roots.includes(folder) ? Deno.statSync(folder) : Deno.lstatSync(folder);
      if (!info.isDirectory) return null;
      const mtime = Number(info.mtime ?? 0);
      const known = this.#known.get(folder);
      if (known?.mtime === mtime && known.readAt - mtime > SETTLED_MS) return known;
      const entries = [...Deno.readDirSync(folder)];
      const has = (file: string) => entries.some(({ name, isFile }) => isFile && name === file);
      const isGrades = has(GRADEBOOK_FILE) && has(MANIFEST_FILE) && !has("results.csv");
      return {
        mtime,
        readAt: now,
        folders: entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort(),
        isResults: !isGrades && (has(MANIFEST_FILE) || has(JOURNAL_FILE)),
        isGrades,
      };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || "code" in Object(error)) return null;
      throw error;
    }
  }
}
