import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FileLock } from "../system/file_lock.ts";
import type { StoreFolder } from "./inventory.ts";
import type { Store } from "./store.ts";
import { guardStore, storeFailure } from "./store_failure.ts";

const LOOK_MILLISECONDS = 100;

/**
 * Keeps gc from a store until the result is disposed, or the process ends: any number may hold a store at once. Waits while gc is at work,
 * which `onWait` is told. Disposing waits until what was put is on the disk. A store that cannot be written to needs no holding: gc could
 * remove nothing.
 */
export async function holdStore(
  store: StoreFolder & Pick<Store, "settle">,
  { signal, onWait }: { signal: AbortSignal; onWait: () => void },
): Promise<AsyncDisposable> {
  for (let told = false;; told = true) {
    try {
      const lock = await FileLock.take(lockPath(store), { shared: true });
      if (lock) return { [Symbol.asyncDispose]: () => store.settle().finally(() => lock[Symbol.dispose]()) };
    } catch (error) {
      if (!isReadOnly(error)) throw storeFailure(error, { action: "write to", store });
      return { async [Symbol.asyncDispose]() {} };
    }
    if (!told) onWait();
    await sleep(LOOK_MILLISECONDS, undefined, { signal });
  }
}

/** Has the store alone, for gc; null while somebody holds it. */
export function claimStore(store: StoreFolder): Promise<FileLock | null> {
  return guardStore({ action: "write to", store }, () => FileLock.takePatiently(lockPath(store)));
}

function lockPath({ folder }: StoreFolder): string {
  return join(folder, "lock");
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    (error instanceof Error && "code" in error && error.code === "EROFS");
}
