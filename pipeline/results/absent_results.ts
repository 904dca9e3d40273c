import { basename, dirname, join } from "node:path";
import type { Texts } from "../../src/text/language.ts";
import { because } from "../system/reasons.ts";
import { say } from "../messages/messages.ts";
import { isFolder, listIfPresent, lstatIfPresent } from "../system/files.ts";
import { projectPath } from "../system/place.ts";
import { readResultsLock } from "./lock.ts";
import { MANIFEST_FILE, sizeOf } from "./manifest.ts";

/**
 * Why there are no results where somebody named them, and which were meant: those of the same name in the project's `results`, those beside
 * it that are called nearly so, or what lies in the folder.
 * @param otherwise what is said of a folder that is there
 */
export async function absentResults(folder: string, otherwise: Texts): Promise<Texts> {
  const isThere = isFolder(folder);
  if (isThere && (await readResultsLock(folder)).unfinished) return because((t) => t.unfinishedSweep);
  if (!isThere && lstatIfPresent(folder)?.isFile) return because((t) => t.fileAsFolder());
  const reason = isThere ? otherwise : because((t) => t.nothingThere);
  const meant = isThere ? resultsIn(folder)[0] : await nearbyResults(folder);
  if (meant === undefined) return reason;
  const hint = because((t) => t.nearby(meant));
  return say(({ language }) => reason[language] + hint[language]);
}

async function nearbyResults(folder: string): Promise<string | undefined> {
  const { nearest } = await import("../../src/config/explain/suggest.ts");
  for (const place of [dirname(folder), projectPath("results")]) {
    const found = resultsIn(place);
    const name = nearest(basename(folder), found.map((path) => basename(path)));
    if (name !== undefined) return join(place, name);
  }
}

/** The results folders right below a folder, in the order of their names. */
function resultsIn(folder: string): string[] {
  try {
    return listIfPresent(folder).map(({ name }) => join(folder, name)).sort()
      .filter((path) => sizeOf(join(path, MANIFEST_FILE)) !== null);
  } catch {
    return []; // where nobody may look, nothing is suggested
  }
}
