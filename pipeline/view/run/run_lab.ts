import { NetworkFileError, readLayers } from "../../../src/lab/digit/network_file.ts";
import { runName } from "../../../src/tables/results_csv.ts";
import type { Language, Texts } from "../../../src/text/language.ts";
import { toTrainedNetwork } from "../../lab/trained_network.ts";
import { withEpochs } from "../../runs/run.ts";
import { contentReason } from "../../system/reasons.ts";
import { readInside } from "../inside.ts";
import type { WatchedFolder } from "../watched_folder.ts";
import { folderRuns, type RunPlace } from "./folder_runs.ts";
import { MOST_WEIGHTS } from "./run_files.ts";

/** Why a lab cannot read drawn digits with some weights; null where it can. */
export function labProblem(weights: Uint8Array): Texts | null {
  try {
    readLayers(weights);
    return null;
  } catch (error) {
    if (error instanceof NetworkFileError) return error.texts;
    if (error instanceof SyntaxError) return contentReason(error);
    throw error;
  }
}

/**
 * The lab with a run's weights, as `deno task lab` makes it; null where there is no such run, or no weights of it. Throws UserError or
 * SyntaxError where its files are not as a sweep writes them, or do not read digits of 28 x 28 pixels.
 * @param place what the folder is called where it is shown
 */
export async function runLab(
  folder: WatchedFolder,
  run: RunPlace,
  { place, language }: { place: string; language: Language },
): Promise<string | null> {
  const runs = await folderRuns(folder);
  const row = runs?.rows.find(({ trial, seed }) => trial === run.trial && seed === run.seed);
  if (runs === null || runs.manifest === null || row === undefined || run.trial >= runs.trials.count) {
    return null;
  }
  const name = runName(run);
  const weights = await readInside(folder.path, `runs/${name}/weights.npz`, { most: MOST_WEIGHTS });
  if (weights === null) return null;
  const trained = toTrainedNetwork({
    source: `${place}, ${name}`,
    folder: `runs/${name}`,
    weights,
    inspection: await readInside(folder.path, `runs/${name}/inspection.npz`, { most: MOST_WEIGHTS }),
    trial: withEpochs(runs.trials.at(run.trial), row.epochs),
    run: row,
  });
  // Its formulas are set when they are loaded, which nobody waits for who looks at no lab.
  const { renderLab } = await import("../../../src/lab/document.tsx");
  return renderLab({ language, trained });
}
