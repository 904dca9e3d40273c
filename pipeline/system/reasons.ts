/** The system's code, such as `ENOSPC`; `EACCES` also where Deno itself was not given the permission. Null for any other error. */
export function systemCode(error: unknown): string | null {
  if (error instanceof Deno.errors.NotCapable) return "EACCES";
  if (
    error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]/.test(error.code)
  ) {
    return error.code;
  }
  return null;
}

/** `option` is what passes another folder, such as `--store DIR`. */
export function systemReason(error: Error, { code, option }: { code: string; option: string }): string {
  const advice = `pass a writable folder with ${option}`;
  switch (code) {
    case "EEXIST":
      return `it must be a folder, found a file; ${advice}`;
    case "ENOTDIR":
      return `a part of its path must be a folder, found a file; ${advice}`;
    case "EACCES":
    case "EPERM":
      return `permission denied; ${advice}`;
    case "EROFS":
      return `its file system is read-only; ${advice}`;
    case "ENOSPC":
    case "EDQUOT":
      return "no space is left on the disk; free some and run the same command again " +
        `(what is stored stays), or pass a folder on another disk with ${option}`;
    default:
      return error.message;
  }
}
