import { join } from "node:path";
import { UserError } from "../system/errors.ts";
import { isMissing } from "../system/files.ts";
import { readInputText } from "../system/read_input.ts";
import { absentResults } from "../results/absent_results.ts";
import { type Manifest, readManifest } from "../results/manifest.ts";
import { hashLines, runLines } from "../results/run_lines.ts";
import { hashFile } from "../store/hash.ts";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { because, readReason, systemCode } from "../system/reasons.ts";

/** Something that is not as the manifest or the recomputation says. */
export interface Difference {
  /** Relative to the results folder. */
  readonly file: string;
  /** By its name; null where it is about none of its own. */
  readonly run: string | null;
  readonly text: Texts;
}

/** A results folder as it was recorded: its manifest, and those of its files that are there. */
export class RecordedResults {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Files of the manifest that are not in the folder: their hashes are compared all the same. */
  readonly absent: readonly string[];
  readonly changed: readonly Difference[];

  private constructor(
    folder: string,
    { manifest, absent, changed }: Pick<RecordedResults, "manifest" | "absent" | "changed">,
  ) {
    this.folder = folder;
    this.manifest = manifest;
    this.absent = absent;
    this.changed = changed;
  }

  /** Reads a results folder and looks at all its files. Throws a UserError where there is none, or its manifest is damaged. */
  static async open(folder: string): Promise<RecordedResults> {
    const manifest = await readManifest(folder);
    if (manifest === null) {
      const reason = await absentResults(folder, because((t) => t.notVerifiable));
      throw new UserError(say(({ language, errors }) => errors.cannotVerify(folder, reason[language])));
    }
    const absent: string[] = [];
    const changed: Difference[] = [];
    for (const [file, { sha256 }] of Object.entries(manifest.files)) {
      const found = await hashIfPresent(join(folder, file));
      if (found === null) absent.push(file);
      else if (found !== sha256) changed.push(await describeChange(folder, { file, manifest }));
    }
    return new RecordedResults(folder, { manifest, absent, changed });
  }

  /** The text of a file that is there as it was written; null otherwise. */
  async readUnchanged(file: string): Promise<string | null> {
    const isThere = Object.hasOwn(this.manifest.files, file) && !this.absent.includes(file) &&
      !this.changed.some((change) => change.file === file);
    return isThere ? await readInputText(join(this.folder, file)) : null;
  }
}

async function hashIfPresent(path: string): Promise<string | null> {
  try {
    return await hashFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    const code = systemCode(error);
    if (code === null) throw error;
    const reason = readReason(error, code);
    throw new UserError(say((t) => t.errors.cannotVerify(path, reason[t.language])), { cause: error });
  }
}

/** Of the tables, the manifest knows each run's lines. */
async function describeChange(
  folder: string,
  { file, manifest }: { file: string; manifest: Manifest },
): Promise<Difference> {
  if (file !== "results.csv" && file !== "history.csv") {
    const [place, name] = file.split("/");
    return {
      file,
      run: place === "runs" ? name : null,
      text: say(({ verify }) => verify.difference.changed),
    };
  }
  const kind = file === "results.csv" ? "results" : "history";
  const lines = runLines(await readInputText(join(folder, file)));
  const run = Object.keys(manifest.runs).find((name) =>
    hashLines(lines.get(name)) !== manifest.runs[name][kind]
  );
  if (run === undefined) {
    return { file, run: null, text: say(({ verify }) => verify.difference.changedOutside) };
  }
  const found = lines.get(run)?.[0].trimEnd() ?? null;
  return { file, run, text: say(({ verify }) => verify.difference.changedFirst(run, found)) };
}
