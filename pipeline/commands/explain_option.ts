import type { CommanderError } from "@commander-js/extra-typings";
import { FOREIGN_WORDS } from "../../src/config/explain/foreign_words.ts";
import { settingPaths } from "../../src/config/explain/schema_paths.ts";
import { nearestPath } from "../../src/config/explain/suggest.ts";

/** What to write for an unknown option that is the name of a setting, as `--epochs` and `--lr` are; undefined for another one. */
export function settingMeant(error: CommanderError): string | undefined {
  const [, option] = /unknown option '--([\w.-]+)/.exec(error.message) ?? [];
  if (option === undefined) return undefined;
  const name = option.replaceAll("-", "_");
  // What stands higher up is meant first: `--seed` is `seeds`, and no data set's.
  const depth = (path: string) => path.split(".").length;
  const paths = [...settingPaths().keys()].sort((a, b) => depth(a) - depth(b));
  const path = paths.find((path) => [name, `${name}s`].some((word) => `.${path}`.endsWith(`.${word}`))) ??
    (Object.hasOwn(FOREIGN_WORDS, name) ? nearestPath(name, paths) : undefined);
  return path && `--set ${path}=VALUE`;
}
