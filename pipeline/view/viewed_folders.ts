import { relative, resolve } from "node:path";
import { UserError } from "../system/errors.ts";
import { isFolder } from "../system/files.ts";
import { projectPath } from "../system/place.ts";

/** The folders that are looked through, and what a path in them is called: as whoever named them would type it. Throws a UserError where one is none. */
export function viewedFolders(
  named: readonly string[],
): { folders: string[]; place: (path: string) => string } {
  for (const folder of named) {
    if (!isFolder(folder)) {
      throw new UserError(`Cannot view ${folder}: it must be a folder, found none of that name`);
    }
  }
  const place = (path: string) => {
    const short = relative(Deno.cwd(), path);
    return short === "" ? "." : short.startsWith("..") ? path : short;
  };
  // The project's own may come yet, with the first sweep.
  const folders = named.length === 0 ? [projectPath("results")] : named;
  return { folders: folders.map((folder) => resolve(folder)), place };
}
