import { UserError } from "../errors.ts";

const ADVICE = "pass a writable folder with --store DIR";

/**
 * An operating system's refusal as the one sentence that a user needs. Anything else (a bug, an interruption,
 * a UserError already) comes back as it is. `action` completes "Cannot ...", such as "write to"; `root` is
 * the store's folder as the user typed it.
 */
export function storeFailure(error: unknown, { action, root }: { action: string; root: string }): unknown {
  const code = errorCode(error);
  if (!(error instanceof Error) || code === null) return error;
  return new UserError(`Cannot ${action} the store ${root}: ${reason(error, code)}`, { cause: error });
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

function reason(error: Error, code: string): string {
  switch (code) {
    case "EEXIST":
      return `it must be a folder, found a file; ${ADVICE}`;
    case "ENOTDIR":
      return `a part of its path must be a folder, found a file; ${ADVICE}`;
    case "EACCES":
    case "EPERM":
      return `permission denied; ${ADVICE}`;
    case "EROFS":
      return `its file system is read-only; ${ADVICE}`;
    case "ENOSPC":
    case "EDQUOT":
      return "no space is left on the disk; free some and run the same command again " +
        "(what is stored stays), or pass a folder on another disk with --store DIR";
    default:
      return error.message;
  }
}

/** The system's code, such as `ENOSPC`; `EACCES` also where Deno itself was not given the permission. */
function errorCode(error: unknown): string | null {
  if (error instanceof Deno.errors.NotCapable) return "EACCES";
  if (
    error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]/.test(error.code)
  ) {
    return error.code;
  }
  return null;
}
