import { resolve } from "node:path";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { isFolder, lstatIfPresent } from "../system/files.ts";
import { projectPath } from "../system/place.ts";

/** The folders that are looked through. Throws a UserError where one is none. */
export function viewedFolders(named: readonly string[]): string[] {
  for (const folder of named) {
    if (!isFolder(folder)) {
      const isThere = lstatIfPresent(folder) !== null;
      throw new UserError(say((t) => isThere ? t.errors.notFolder(folder) : t.errors.notViewed(folder)));
    }
  }
  // The project's own may come yet, with the first sweep.
  const folders = named.length === 0 ? [projectPath("results")] : named;
  return folders.map((folder) => resolve(folder));
}
