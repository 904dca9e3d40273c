import { dirname, join } from "node:path";
import { type Track, TRACKS } from "../../src/grade/manifest.ts";
import { probeBatchArrays } from "../../src/grade/batch.ts";
import { writeNpz } from "../../src/numpy/npz.ts";
import { MANIFEST, PROGRAM, type Submission } from "../../src/grade/submission.ts";
import { hashBytes } from "../store/hash.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { quotedReason } from "../system/reasons.ts";

const TEMPLATE = new URL("./template/", import.meta.url);

/** The files that a track begins with, beside its manifest. */
const FILES: Readonly<Record<Track, readonly string[]>> = {
  ts: [PROGRAM],
  artifact: ["network.py", "write_files.py", "check.py", "submit.py"],
};

/**
 * Makes the starter of a submission in a folder and returns the names of its files. Track artifact has the published batch with it, as
 * `probe_batch.npz` for `np.load`.
 *
 * Throws a UserError where one of the files is there already, or the folder cannot be written to: nothing of a student's is overwritten.
 */
export async function writeTemplate(folder: string, track: Track): Promise<string[]> {
  const files = await templateFiles(track);

  const names = [...files.keys()];
  for (const name of names) {
    if (await isThere(join(folder, name))) {
      throw new UserError(say(({ errors: t }) => t.noStarter(folder, t.reasons.thereAlready(name))));
    }
  }
  try {
    for (const [name, bytes] of files) {
      const path = join(folder, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(path, bytes, { createNew: true });
    }
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    const reason = quotedReason(error);
    throw new UserError(say((t) => t.errors.noStarter(folder, reason[t.language])), { cause: error });
  }
  return names;
}

let hashes: Promise<ReadonlySet<string>> | undefined;

/** SHA-256 of every file that a starter has, of either track. */
export function templateHashes(): Promise<ReadonlySet<string>> {
  return hashes ??= Promise.all(TRACKS.map(templateFiles)).then((tracks) =>
    new Set(tracks.flatMap((files) => [...files.values()].map(hashBytes)))
  );
}

/** Whether a submission is a starter in which nothing was written. */
export function isUntouched({ files }: Pick<Submission, "files">, hashes: ReadonlySet<string>): boolean {
  return files.length > 0 && files.every(({ sha256 }) => hashes.has(sha256));
}

async function templateFiles(track: Track): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const manifest = await Deno.readTextFile(new URL(MANIFEST, TEMPLATE));
  files.set(MANIFEST, new TextEncoder().encode(manifest.replace(/^track: .*$/m, `track: ${track}`)));
  for (const name of FILES[track]) files.set(name, await Deno.readFile(new URL(name, TEMPLATE)));
  if (track === "artifact") files.set("probe_batch.npz", writeNpz(probeBatchArrays()));
  return files;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
