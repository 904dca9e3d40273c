import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { DatasetFiles } from "../../../src/data/named_dataset.ts";
import { type DownloadContext, downloadStep, planDownload } from "../../../pipeline/steps/download.ts";
import { mapFiles, type Origin } from "../../../pipeline/steps/download/locate_files.ts";
import type { StepOutcome } from "../../../pipeline/steps/step.ts";
import { openContext, type TestContext } from "./step_fixture.ts";

/** Four contents that compress badly; the first is large enough to arrive in many chunks. */
export const CONTENTS: DatasetFiles<Uint8Array<ArrayBuffer>> = {
  train_images: noise(300_000, 1),
  train_labels: noise(900, 2),
  test_images: noise(20_000, 3),
  test_labels: noise(300, 4),
};

/** The same, compressed, by the paths at which a server has them. */
export const PACKED: Record<string, Uint8Array> = Object.fromEntries(
  Object.entries(CONTENTS).map(([name, content]) => [`/${name}.gz`, new Uint8Array(gzipSync(content))]),
);

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Where the four files are, for a config that gives their addresses; several bases are mirrors of each other.
 */
export function originAt(...bases: string[]): Origin {
  const idx = mapFiles(
    CONTENTS,
    (content, name) => ({ url: `${bases[0]}/${name}.gz`, sha256: sha256(content) }),
  );
  const { origin } = planDownload({ idx }, { configFolder: "." });
  if (origin === null) throw new Error("the files must have an origin");
  const sourcesOf = (name: string) => bases.map((base) => ({ shown: base, url: `${base}/${name}.gz` }));
  return {
    ...origin,
    files: mapFiles(origin.files, (file, name) => ({ ...file, sources: sourcesOf(name) })),
  };
}

export interface DownloadTest extends DownloadContext, TestContext {
  /** How long it slept between attempts, in seconds, in order. */
  readonly sleeps: number[];
}

/**
 * A context that sleeps no longer than it must to let others work, and gives up a silent server after
 * `stallSeconds`.
 */
export async function openDownload(
  folder: string,
  origin: Origin | null,
  { signal, stallSeconds = 10 }: { signal?: AbortSignal; stallSeconds?: number } = {},
): Promise<DownloadTest> {
  const sleeps: number[] = [];
  const sleep = (seconds: number) => {
    sleeps.push(seconds);
    return new Promise<void>((resolve) => setTimeout(resolve, 5));
  };
  return {
    ...await openContext(folder, signal),
    origin,
    sleeps,
    patience: { attempts: 4, stallSeconds, sleep },
  };
}

/** Runs the step on the context's four files. */
export function download(context: DownloadTest): Promise<StepOutcome<keyof DatasetFiles<unknown>, null>> {
  if (context.origin === null) throw new Error("the files must have an origin");
  const parameters = { sha256: mapFiles(context.origin.files, (file) => file.sha256 ?? "") };
  const run = { parameters, inputs: {}, context, earlier: null, checkpoint: () => Promise.resolve() };
  return downloadStep.run(run);
}

/** xorshift32. */
function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}
