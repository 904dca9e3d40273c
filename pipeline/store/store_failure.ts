import { UserError } from "../system/errors.ts";
import { systemCode, systemReason } from "../system/reasons.ts";

/**
 * An operating system's refusal as the one sentence that a user needs. Anything else (a bug, an interruption,
 * a UserError already) comes back as it is. `action` completes "Cannot ...", such as "write to"; `root` is
 * the store's folder as the user typed it.
 */
export function storeFailure(error: unknown, { action, root }: { action: string; root: string }): unknown {
  const code = systemCode(error);
  if (!(error instanceof Error) || code === null) return error;
  const reason = systemReason(error, { code, option: "--store DIR" });
  return new UserError(`Cannot ${action} the store ${root}: ${reason}`, { cause: error });
}

/** Does `task`, and turns an operating system's refusal into a UserError as storeFailure does. */
export async function guardStore<Result>(
  { action, root }: { action: string; root: string },
  task: () => Promise<Result>,
): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw storeFailure(error, { action, root });
  }
}
