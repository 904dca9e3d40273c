import type { Language, Texts } from "../../../src/text/language.ts";
import { say } from "../../messages/messages.ts";
import { remark } from "../../progress/events.ts";
import { basename, dirname } from "node:path";
import { distance } from "fastest-levenshtein";
import { hashBytes } from "../../store/hash.ts";
import { guardStore } from "../../store/store_failure.ts";
import { UserError } from "../../system/errors.ts";
import { isFolder, listIfPresent, lstatIfPresent } from "../../system/files.ts";
import type { StepContext } from "../step.ts";
import type { Origin, Source, WantedFile } from "./locate_files.ts";
import { PartialFile } from "./partial_file.ts";
import { type Patience, transfer } from "./transfer.ts";
import { TransferError, transferError } from "./transfer_error.ts";
import { maxTransfer, otherContent, unpack, type Unpacked } from "./unpack.ts";

interface SourceFailure {
  source: Source;
  reason: Texts;
}

// How often to look whether another process is done with the same file.
const LOOK_SECONDS = 0.25;

interface Acquisition {
  readonly context: StepContext & { patience: Patience };
  /** Tells the user something that other files may tell in the same words. */
  note(message: Texts): void;
}

/** What is in the store now, or the failure of each source where none delivers. */
type Acquired = Unpacked | { readonly failures: readonly SourceFailure[] };

/**
 * Brings a file into the store unless it is there, from the first of its sources that delivers. Throws the signal's reason, or a UserError where the store cannot be written.
 */
export async function acquire(wanted: WantedFile, { context, note }: Acquisition): Promise<Acquired> {
  const { sha256 } = wanted;
  if (sha256 !== null && await context.store.isArtifactIntact(sha256)) return { file: { sha256 } };
  const failures: SourceFailure[] = [];
  for (const [index, source] of wanted.sources.entries()) {
    try {
      return "url" in source
        ? await download(source.url, wanted, context)
        : "folder" in source
        ? await packPictures(source.folder, wanted, context)
        : await readLocalFile(source, wanted, context);
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      const { reason } = error;
      failures.push({ source, reason });
      const next = wanted.sources[index + 1];
      if (next) note(say((t) => t.sweep.nextSource(source.shown, reason[t.language], next.shown)));
    }
  }
  return { failures };
}

async function download(
  url: string,
  wanted: WantedFile,
  context: Acquisition["context"],
): Promise<Unpacked> {
  const { store, signal, patience } = context;
  await using part = await openPartialFile(wanted, context);
  // Whoever held the lock may have been getting this very file.
  const { sha256 } = wanted;
  if (sha256 !== null && await store.isArtifactIntact(sha256)) {
    await part.remove();
    return { file: { sha256 } };
  }
  const onProgress = (bytes: number, total: number | null) =>
    context.emit({ type: "download", file: wanted.name, bytes, total });
  for (let again = true;; again = false) {
    await transfer(url, part, { ...patience, maxBytes: maxTransfer(wanted), signal, onProgress });
    try {
      const found = await unpack(part.file, { store, wanted, signal });
      await part.remove();
      return found;
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      // A resumed or damaged transfer may come right from zero; a mirror that has another file will not.
      await part.restart(null);
      if (!again || error.kind === "permanent") throw error;
    }
  }
}

/** Waits while another process, or another file of the same content, holds the partial file. */
async function openPartialFile(
  { name, sha256, packed }: WantedFile,
  context: Acquisition["context"],
): Promise<PartialFile> {
  const key = sha256 ?? hashBytes(`md5 ${packed?.md5}`);
  for (let told = false;; told = true) {
    const part = await PartialFile.open(context.store, key);
    if (part) return part;
    if (!told) {
      context.emit(remark("note", say((t) => t.sweep.waitingForDownload(name))));
    }
    await context.patience.sleep(LOOK_SECONDS, context.signal);
  }
}

/** Brings a folder's pictures into the store as one. */
async function packPictures(
  folder: string,
  wanted: WantedFile,
  { store }: StepContext,
): Promise<Unpacked> {
  // Loaded where it is needed.
  const { readPictures } = await import("./read_pictures.ts");
  const content = await readPictures(folder);
  const found = hashBytes(content);
  if (found !== wanted.sha256) throw otherContent(wanted, found);
  await guardStore({ action: "write to", store }, () => store.putArtifact(content, found));
  return { file: { sha256: found, bytes: content } };
}

/** Brings the first path that has the right content into the store; throws a TransferError, the first path's, where none has. */
async function readLocalFile(
  { paths, npz }: Extract<Source, { paths: unknown }>,
  wanted: WantedFile,
  { store, signal }: StepContext,
): Promise<Unpacked> {
  let refusal: unknown = null;
  for (const path of paths) {
    try {
      using file = await openFile(path);
      if (file) return await unpack(file, { store, wanted, signal });
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      refusal ??= error;
    }
  }
  for (const path of npz?.paths ?? []) {
    // Loaded where it is needed: hardly anybody has the data set in this form.
    const { readNpzFile } = await import("./read_npz_file.ts");
    const content = await readNpzFile(path, npz?.array ?? "");
    if (content === null) continue;
    const found = hashBytes(content);
    if (found !== wanted.sha256) throw otherContent(wanted, found);
    await guardStore({ action: "write to", store }, () => store.putArtifact(content, found));
    return { file: { sha256: found, bytes: content } };
  }
  if (refusal !== null) throw refusal;
  throw noFile(paths[0] ?? "");
}

/** Why there is nothing at a path, and what may be meant. */
export function noFile(path: string): TransferError {
  const folder = dirname(path);
  if (!isFolder(folder) && lstatIfPresent(folder) !== null) {
    return transferError("permanent", (t) => t.notAFolder);
  }
  if (isFolder(folder)) {
    const meant = nearest(folder, path);
    return transferError("permanent", (t) => t.noFile(meant));
  }
  const isAddress = /^\w{2,}:\//.test(folder);
  return transferError("permanent", (t) => isAddress ? t.noAddress : t.noFolder);
}

/** Letters and digits that may differ in a name that is still taken for another way to write it. */
const MAX_DIFFERENT = 3;

/** The file of the folder whose name is nearest to the path's; null where none is near enough to be meant. */
function nearest(folder: string, path: string): string | null {
  const plain = (name: string) => name.toLowerCase().replace(/\.gz$/, "").replaceAll(/[^a-z0-9]/g, "");
  const wanted = plain(basename(path));
  const found = listIfPresent(folder).filter(({ isDirectory }) => !isDirectory)
    .map(({ name }) => ({ name, away: distance(plain(name), wanted) }))
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))[0];
  return found !== undefined && found.away <= Math.min(MAX_DIFFERENT, wanted.length / 4) ? found.name : null;
}

/** Null where there is no such file. */
export async function openFile(path: string): Promise<Deno.FsFile | null> {
  try {
    if (!(await Deno.stat(path)).isFile) throw transferError("permanent", (t) => t.notAFile);
    return await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    if (error instanceof TransferError || !(error instanceof Error)) throw error;
    const denied = error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable;
    throw denied
      ? transferError("permanent", (t) => t.denied, { cause: error })
      : new TransferError("permanent", error.message, { cause: error });
  }
}

/** Which files no source delivers, why not at each source (said once for files that failed alike), and what the user can do. */
export function acquisitionError(
  { files, attempt, advice }: Origin,
  missing: readonly { name: string; failures: readonly SourceFailure[] }[],
): UserError {
  const all = missing.length === Object.keys(files).length;
  const title = attempt(all ? null : missing.map(({ name }) => name));
  return new UserError(
    say(({ language }) => [title[language], ...reasonLines(missing, language), advice[language]].join("\n")),
  );
}

function reasonLines(missing: Parameters<typeof acquisitionError>[1], language: Language): string[] {
  const namesByReason = new Map<string, string[]>();
  for (const { name, failures } of missing) {
    for (const { source, reason } of failures) {
      const line = `${source.shown}: ${reason[language]}`;
      namesByReason.set(line, [...namesByReason.get(line) ?? [], name]);
    }
  }
  return Array.from(
    namesByReason,
    ([line, names]) => names.length === missing.length ? `  ${line}` : `  ${names.join(", ")}: ${line}`,
  );
}
