import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Experiment } from "../../src/config/schema.ts";
import { say } from "../messages/messages.ts";
import { ResultsFolder } from "../results/folder.ts";
import { UserError } from "../system/errors.ts";
import { isSameFile } from "../system/files.ts";
import { fromRecorded, projectPath, recordedPath } from "../system/place.ts";
import type { SweepOptions } from "./sweep_options.ts";

/** Where the results of an experiment go. */
export function resultsPlace({ out }: Pick<SweepOptions, "out">, { name }: Experiment): string {
  return out ?? projectPath(join("results", name));
}

/** Throws a UserError where runSweep() would, for where its results are to go or for the machines' address, before it does anything. */
export async function checkSweep(
  options: Omit<SweepOptions, "workers">,
  experiment: Experiment,
): Promise<void> {
  const out = resultsPlace(options, experiment);
  refuseInsideStore(out, options.store);
  refuseOthersResults(await ResultsFolder.look(out), { out, options, experiment });
  if (options.on !== undefined) {
    const { parseAddress } = await import("../machines/address.ts");
    parseAddress(options.on);
  }
}

/** Where nobody chose the folder, what is there of another config, whose name is the same, stays until somebody says otherwise. */
export function refuseOthersResults(
  { madeOf }: Pick<ResultsFolder, "madeOf">,
  { out, options: { config, out: chosen, replace = false }, experiment }: {
    out: string;
    options: Pick<SweepOptions, "config" | "out" | "replace">;
    experiment: Experiment;
  },
): void {
  if (chosen !== undefined || replace) return;
  if (madeOf === null || typeof madeOf.config !== "string") return;
  const isSame = isSameFile(fromRecorded(madeOf.config), config);
  if (isSame || JSON.stringify(madeOf.experiment) === JSON.stringify(experiment)) return;
  const found = madeOf.config;
  throw new UserError(say((t) => t.errors.othersResults({ out, config: recordedPath(config), found })));
}

/** What lies in the store's folders is the store's: gc would remove it. */
export function refuseInsideStore(out: string, store: string): void {
  const inside = relative(resolve(store), resolve(out));
  if (inside !== "" && (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside))) return;
  throw new UserError(say((t) => t.errors.inStore(out, store)));
}
