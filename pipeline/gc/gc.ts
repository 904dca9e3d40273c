import { dirname } from "node:path";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { removeIfPresent } from "../system/files.ts";
import { mark, recordId } from "./mark.ts";
import { findReferences, type Reference } from "./references.ts";
import { Store } from "../store/store.ts";
import { claimStore } from "../store/hold_store.ts";
import { listArtifacts, listRecordFiles, listTemporaries, type StoredFile } from "../store/inventory.ts";
import { guardStore } from "../store/store_failure.ts";

interface GcOptions {
  store: string;
  results: readonly string[];
  dryRun: boolean;
  /** Whether to read each artifact, and remove those whose bytes are damaged. */
  check: boolean;
}

export interface FileCount {
  readonly kind: string;
  readonly files: number;
  readonly bytes: number;
}

export interface GcReport {
  readonly references: readonly Reference[];
  readonly removed: readonly FileCount[];
  readonly kept: readonly FileCount[];
}

/** A broken transfer is worth going on with for a day. */
const PART_MILLISECONDS = 24 * 3_600_000;

/**
 * Removes from a store what no results folder is made of. It has the store alone while it works: sweeps hold it, and those that begin now
 * wait (see holdStore). So everything in `tmp/` but the partial downloads is what a crash left. Throws a UserError where a sweep is using
 * the store, or it cannot be told what a results folder needs; nothing is removed then.
 */
export async function collectGarbage(
  { store: root, results, dryRun, check }: GcOptions,
  { signal, onWarning }: { signal: AbortSignal; onWarning: (message: string, ja?: string) => void },
): Promise<GcReport> {
  const store = await Store.open(root, { create: false, onWarning });
  if (!store.exists) throw new UserError(say((t) => t.errors.noStore(root)));
  using alone = dryRun ? null : await claimStore(store);
  if (!dryRun && alone === null) throw new UserError(say((t) => t.errors.storeInUse(root)));
  const { references, forgotten } = await findReferences(store, { places: results, onWarning });
  const marks = mark(store, {
    experiments: references.flatMap(({ experiments }) => experiments),
    files: references.flatMap(({ files }) => files),
  });

  const [removed, kept] = [new Tally(), new Tally()];
  const remove = async (kind: string, file: StoredFile) => {
    signal.throwIfAborted();
    removed.add(kind, file);
    if (!dryRun) await removeFile(store, file.path);
  };
  // Records first: one without its artifacts counts for nothing, and an artifact without a record is removed the next time.
  for (const record of listRecordFiles(store)) {
    const kind = `${record.step} record`;
    if (marks.records.has(recordId(record))) kept.add(kind, record);
    else await remove(kind, record);
  }
  for (const artifact of listArtifacts(store)) {
    const wanted = marks.artifacts.has(artifact.sha256);
    if (!wanted) await remove("artifact", artifact);
    else if (check && !await store.isArtifactIntact(artifact.sha256)) {
      await remove("damaged artifact", artifact);
    } else kept.add("artifact", artifact);
  }
  const now = Date.now();
  for (const file of listTemporaries(store)) {
    const isPart = /\.part(\.json)?$/.test(file.path);
    if (isPart && now - file.modified < PART_MILLISECONDS) kept.add("partial download", file);
    else await remove("temporary file", file);
  }
  if (!dryRun) { for (const folder of forgotten) await store.forgetResults(folder); }
  return { references, removed: removed.counts(), kept: kept.counts() };
}

/** Removes a file, and the folder that it was the last one of. */
async function removeFile(store: Store, path: string): Promise<void> {
  await guardStore({ action: "remove from", store }, () => removeIfPresent(path));
  await Deno.remove(dirname(path)).catch(() => {});
}

class Tally {
  readonly #counts = new Map<string, { files: number; bytes: number }>();

  add(kind: string, { bytes }: StoredFile): void {
    const count = this.#counts.get(kind) ?? { files: 0, bytes: 0 };
    this.#counts.set(kind, { files: count.files + 1, bytes: count.bytes + bytes });
  }

  counts(): FileCount[] {
    return Array.from(this.#counts, ([kind, count]) => ({ kind, ...count }));
  }
}
