import { join } from "node:path";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { hashBytes } from "../store/hash.ts";
import type { Manifest } from "./manifest.ts";

/**
 * What is to be said of a folder's tables that are not as the sweep wrote them, as where somebody has edited one: nothing tells by the
 * numbers. Line ends do not count, nor a byte order mark.
 * @param tables by their names; null where there is none
 */
export function changedTables(
  folder: string,
  { manifest: { files }, tables }: {
    manifest: Pick<Manifest, "files">;
    tables: Readonly<Record<string, Uint8Array | string | null>>;
  },
): Texts[] {
  const isChanged = (name: string) => {
    const { sha256 } = files[name];
    const table = tables[name];
    if (table === null || hashBytes(table) === sha256) return false;
    const text = typeof table === "string" ? table : new TextDecoder().decode(table);
    return hashBytes(text.replaceAll("\r\n", "\n")) !== sha256;
  };
  const changed = Object.keys(tables).filter((name) => Object.hasOwn(files, name) && isChanged(name));
  return changed.map((name) => say((t) => t.report.changed(join(folder, name))));
}
