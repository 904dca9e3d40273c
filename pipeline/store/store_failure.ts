import { UserError } from "../system/errors.ts";
import { systemCode, systemReason } from "../system/reasons.ts";

/** A store's place, as the user typed it, and what chooses another: `--store DIR`, unless that is said. */
export interface StorePlace {
  readonly root: string;
  readonly option?: string | undefined;
}

interface StoreAction {
  /** Completes "Cannot ...", such as "write to". */
  readonly action: string;
  readonly store: StorePlace;
}

/**
 * An operating system's refusal as the one sentence that a user needs. Anything else (a bug, an interruption, a UserError already) comes
 * back as it is.
 */
export function storeFailure(
  error: unknown,
  { action, store: { root, option = "--store DIR" } }: StoreAction,
): unknown {
  const code = systemCode(error);
  if (!(error instanceof Error) || code === null) return error;
  const reason = systemReason(error, { code, option });
  return new UserError(`Cannot ${action} the store ${root}: ${reason}`, { cause: error });
}

export async function guardStore<Result>(action: StoreAction, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw storeFailure(error, action);
  }
}

/** An artifact is not in the store as it was put: its bytes have another hash, or its file is gone. Performing its step again heals it. */
export class DamagedArtifactError extends Error {
  override readonly name = "DamagedArtifactError";
  readonly path: string;

  /** `found` is the hash of the bytes that are there, null where there is no file. */
  constructor({ path, sha256, found }: { path: string; sha256: string; found: string | null }) {
    super(`Cannot read the artifact ${path}: its SHA-256 must be ${sha256}, found ${found ?? "no file"}`);
    this.path = path;
  }
}
