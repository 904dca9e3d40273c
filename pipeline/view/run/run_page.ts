import { runParts } from "../../../src/view/run/run_page.tsx";
import { RunTop } from "../../../src/view/run/top.tsx";
import type { Language } from "../../../src/text/language.ts";
import { problemParts } from "../../../src/view/followed/problem.tsx";
import type { Experiments } from "../experiments.ts";
import type { Followed, FollowedDrawing } from "../followed_pages.ts";
import { problemOf } from "../problem.ts";
import type { WatchedFolder } from "../watched_folder.ts";
import { runName } from "../../../src/tables/results_csv.ts";
import type { RunPlace } from "./folder_runs.ts";
import { knownRun } from "./known_run.ts";

/** The page of a run, which follows its folder. */
export function followedRun(
  id: string,
  run: RunPlace,
  { experiments, language }: { experiments: Experiments; language: Language },
): Followed {
  const name = runName(run);
  return {
    key: `run ${id} ${name} ${language}`,
    language,
    path: `/e/${id}/run/${name}/stream`,
    ids: [id],
    version: () => experiments.get(id)?.version ?? null,
    draw() {
      const folder = experiments.get(id);
      return folder === undefined ? Promise.resolve(null) : drawRun(folder, run, language);
    },
  };
}

async function drawRun(
  folder: WatchedFolder,
  run: RunPlace,
  language: Language,
): Promise<FollowedDrawing | null> {
  const top = { language, ...run, experiment: `/e/${folder.id}/` };
  try {
    const known = await knownRun(folder, run, language);
    if (known === null) return null;
    const { view, seeds, timings } = known;
    return { parts: runParts(view), top: RunTop({ ...top, title: view.title, seeds }), styles: [], timings };
  } catch (error) {
    const { name } = folder.summary();
    return {
      parts: problemParts(problemOf(error), { title: name, language }),
      top: RunTop({ ...top, title: name, seeds: [] }),
      styles: [],
      timings: [],
    };
  }
}
