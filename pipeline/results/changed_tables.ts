import { join } from "node:path";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { hashBytes } from "../store/hash.ts";
import type { Manifest } from "./manifest.ts";

/**
 * What is to be said of a folder's tables that are not as the sweep wrote them, as where somebody has edited one: nothing tells by the
 * numbers. Line ends do not count, nor a mark that the reader has taken away.
 * @param texts by the names of the tables
 */
export function changedTables(
  folder: string,
  { manifest: { files }, texts }: {
    manifest: Pick<Manifest, "files">;
    texts: Readonly<Record<string, string>>;
  },
): Texts[] {
  const changed = Object.keys(texts).filter((name) =>
    Object.hasOwn(files, name) && hashBytes(texts[name].replaceAll("\r\n", "\n")) !== files[name].sha256
  );
  return changed.map((name) => say((t) => t.report.changed(join(folder, name))));
}
