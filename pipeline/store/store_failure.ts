import type { StoreVerb } from "../messages/errors_en.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { systemCode, systemReason } from "../system/reasons.ts";

/** A store's place, as the user typed it, and what chooses another: `--store DIR`, unless that is said. */
export interface StorePlace {
  readonly root: string;
  readonly option?: string | undefined;
}

interface StoreAction {
  readonly action: StoreVerb;
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
  return new UserError(
    say(({ language, errors }) => errors.cannotUseStore(action, root, reason[language])),
    { cause: error },
  );
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
  /** The message in Japanese. */
  readonly ja: string;

  /** `found` is the hash of the bytes that are there, null where there is no file. */
  constructor(artifact: { path: string; sha256: string; found: string | null }) {
    const { en, ja } = say((t) => t.errors.damagedArtifact(artifact));
    super(en);
    this.ja = ja;
    this.path = artifact.path;
  }
}
