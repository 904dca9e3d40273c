import { join } from "node:path";
import { parseTimings, type TimingRow } from "../../src/tables/timings_csv.ts";
import { MANIFEST_FILE } from "../results/manifest.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { cannotRead, isMissing } from "../system/files.ts";
import { readInput } from "../system/read_input.ts";
import { because } from "../system/reasons.ts";

/**
 * A file of a results folder by its place in it, as `runs/0-0/predictions.csv`; null where there is none. Throws a UserError where a link leads
 * elsewhere: what is shown is what lies in the folder, and nothing that it points to.
 * @param options.most how many bytes it may have, below what any input may
 */
export async function readInside(
  folder: string,
  place: string,
  { most = Infinity }: { most?: number } = {},
): Promise<Uint8Array<ArrayBuffer> | null> {
  const path = join(folder, place);
  try {
    const real = join(Deno.realPathSync(folder), place);
    if (Deno.realPathSync(path) !== real) {
      throw cannotRead(path, because((t) => t.linkOut));
    }
    const { size } = Deno.statSync(path);
    if (size > most) {
      throw new UserError(
        say(({ errors: t }) => t.cannotShow(path, t.reasons.largeToShow(most >> 20, size))),
      );
    }
    return await readInput(path);
  } catch (error) {
    if (isMissing(error) || (error instanceof UserError && isMissing(error.cause))) return null;
    throw error;
  }
}

/** As readInside(), in UTF-8. */
export async function readTextInside(folder: string, place: string): Promise<string | null> {
  const bytes = await readInside(folder, place);
  return bytes && new TextDecoder().decode(bytes);
}

/** The two files that make a folder one of results. Throws a UserError where one is not there, or a link leads out of the folder. */
export async function readResultsInside(
  folder: string,
): Promise<{ manifest: Uint8Array<ArrayBuffer>; results: Uint8Array<ArrayBuffer> }> {
  const manifest = await readInside(folder, MANIFEST_FILE);
  const results = await readInside(folder, "results.csv");
  if (manifest !== null && results !== null) return { manifest, results };
  const absent = manifest === null ? MANIFEST_FILE : "results.csv";
  throw cannotRead(folder, because((t) => t.lacks([MANIFEST_FILE, "results.csv"], absent)));
}

/** How long things took, of so many runs. It is for people: where it cannot be read, the rest is shown without it. */
export async function readTimingsInside(folder: string, runs: number): Promise<TimingRow[]> {
  const text = await readTextInside(folder, "timings.csv");
  try {
    return text === null ? [] : parseTimings(text, 10_000 + 10 * runs);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
