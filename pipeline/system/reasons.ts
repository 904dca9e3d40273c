/** Codes that Deno does not name, by the numbers that Linux, macOS and the BSDs agree on. */
const UNNAMED: Readonly<Record<string, string>> = { 27: "EFBIG" };

/**
 * The system's code, such as `ENOSPC`; `EACCES` also where Deno itself was not given the permission. Null for any other error.
 */
export function systemCode(error: unknown): string | null {
  if (error instanceof Deno.errors.NotCapable) return "EACCES";
  if (!(error instanceof Error)) return null;
  if ("code" in error && typeof error.code === "string" && /^E[A-Z]/.test(error.code)) return error.code;
  const number = /^[^:]* \(os error (\d+)\)/.exec(error.message)?.[1];
  return (number !== undefined && Deno.build.os !== "windows" && UNNAMED[number]) || null;
}

/**
 * Why something cannot be written, and what to do. `option` is what passes another folder, such as `--store DIR`; left out where none
 * does, or nobody knows.
 */
export function systemReason(
  error: Error,
  { code, option }: { code: string; option?: string | undefined },
): string {
  const advice = option === undefined ? "" : `; pass a writable folder with ${option}`;
  const elsewhere = option === undefined ? "" : `, or pass a folder on another disk with ${option}`;
  switch (code) {
    case "EEXIST":
      return `it must be a folder, found a file${advice}`;
    case "ENOTDIR":
      return `a part of its path must be a folder, found a file${advice}`;
    case "EACCES":
    case "EPERM":
      return `permission denied${advice}`;
    case "EROFS":
      return `its file system is read-only${advice}`;
    case "ENOSPC":
    case "EDQUOT":
      return "no space is left on the disk; free some and run the same command again " +
        `(what is stored stays)${elsewhere}`;
    case "EFBIG":
      return "a file would get larger than the system lets it; raise that limit (`ulimit -f`) and run the same command again " +
        `(what is stored stays)${elsewhere}`;
    default:
      return readReason(error, code);
  }
}

/** Why something cannot be read, and what to do. */
export function readReason(error: unknown, code = systemCode(error)): string {
  // Of what the system makes up, as /dev/stdin, Deno gives nobody anything.
  if (error instanceof Deno.errors.NotCapable) return "it must be a file on a disk";
  switch (code) {
    case "EISDIR":
      return "it must be a file, found a folder";
    case "ENOTDIR":
      return "a part of its path must be a folder, found a file";
    case "ENOENT":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "permission denied; allow yourself to read it (`chmod u+r`, of folders `chmod u+rx`)";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open; allow more (`ulimit -n 1024`) and run the same command again";
    case "ELOOP":
      return "it must be a file, found symbolic links that lead in a circle";
    case "ENAMETOOLONG":
      return "its name is too long";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
