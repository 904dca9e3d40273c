import { join } from "node:path";
import tool from "../../deno.json" with { type: "json" };
import type { Experiment } from "../../src/config/schema.ts";
import { UserError } from "../system/errors.ts";
import {
  isAsListed,
  isUnreadable,
  type Manifest,
  MANIFEST_FORMAT,
  readManifest,
} from "../results/manifest.ts";
import type { SeenFiles } from "../results/seen_files.ts";
import { readResultsLock } from "../results/lock.ts";
import { STEP_VERSIONS } from "../steps/step_versions.ts";
import { note, parameterChanges, type Reason, type StepState, toDo, UP_TO_DATE } from "./step_state.ts";

const REPORT_STEPS = ["inspect", "report"] as const;

/**
 * Whether a results folder holds what the experiment gives, as far as its manifest and its files tell; `seen` saves reading all of them.
 * `toDoCount` is how many runs have to be done first, `command` what a sweep would record as its own.
 */
export async function resultsStatus(
  experiment: Experiment,
  { out, toDoCount, command, seen }: { out: string; toDoCount: number; command: string; seen: SeenFiles },
): Promise<StepState> {
  let manifest: Manifest | null;
  try {
    manifest = await readManifest(out);
  } catch (error) {
    if (!(error instanceof UserError) || isUnreadable(error)) throw error;
    return toDo("stale", (t) => t.damaged(`${out}/manifest.json`));
  }
  if (manifest === null) return toDo("missing", (t) => t.noResults(out));
  const reasons = [
    ...changes(manifest, experiment),
    ...otherMaker(manifest, command),
    ...await disorder(manifest, { out, seen }),
  ];
  if (toDoCount > 0) reasons.push(note((t) => t.waitsForRuns(toDoCount)));
  return reasons.length === 0 ? UP_TO_DATE : { state: "stale", reasons };
}

function changes(manifest: Manifest, experiment: Experiment): Reason[] {
  // As JSON on both sides: what is undefined is not there.
  const parameters = parameterChanges(manifest.experiment, JSON.parse(JSON.stringify(experiment)));
  const versions = REPORT_STEPS.flatMap((step): Reason[] => {
    const [before, after] = [manifest.steps[step] ?? null, STEP_VERSIONS[step]];
    return before === after ? [] : [{ kind: "version", step, before, after }];
  });
  return [...versions, ...parameters];
}

/** What a sweep would write otherwise though the experiment is the same. */
function otherMaker(
  { format, tool: version, command: before, report_language }: Manifest,
  command: string,
): Reason[] {
  return [
    ...(format === MANIFEST_FORMAT ? [] : [note((t) => t.format(format))]),
    ...(version === tool.version ? [] : [note((t) => t.writtenBy(textOf(version)))]),
    ...(before === command ? [] : [note((t) => t.madeBy(textOf(before)))]),
    ...(report_language === undefined ? [] : [note((t) => t.renderedAgain(report_language))]),
  ];
}

/** What a manifest that anybody may have changed should have as a text. */
function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

async function disorder(
  { files }: Manifest,
  { out, seen }: { out: string; seen: SeenFiles },
): Promise<Reason[]> {
  if ((await readResultsLock(out)).torn) {
    return [note((t) => t.beingWritten(out))];
  }
  const wrong: string[] = [];
  for (const [name, entry] of Object.entries(files)) {
    const isRight = name.startsWith("runs/")
      ? await seen.isAsListed(name, entry)
      : await isAsListed(join(out, name), entry);
    if (!isRight) wrong.push(name);
  }
  if (wrong.length === 0) return [];
  return [note((t) => t.changed(wrong[0], wrong.length - 1))];
}
