import { systemCode } from "./reasons.ts";

/** What of a file changes with its content, and of a folder with what lies in it: as git does, for the same reason. */
export interface FileLook {
  readonly size: number;
  /** Milliseconds since 1970, as is `ctime`, which no program can set back, but of which Deno tells whole seconds only. */
  readonly mtime: number | null;
  readonly ctime: number | null;
  readonly ino: number | null;
}

/** Milliseconds. A change within the second of the last one need not show, for `ctime` is in seconds; FAT's times are in two. */
const TICK = 2000;

/** Null where there is no regular file, or no folder. */
export function lookAt(path: string, kind: "file" | "folder" = "file"): FileLook | null {
  try {
    const { isFile, isDirectory, size, mtime, ctime, ino } = Deno.statSync(path);
    if (!(kind === "file" ? isFile : isDirectory)) return null;
    return { size, mtime: mtime?.getTime() ?? null, ctime: ctime?.getTime() ?? null, ino };
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return null;
  }
}

export function isSameLook(before: FileLook, now: FileLook): boolean {
  return before.size === now.size && before.mtime === now.mtime && before.ctime === now.ctime &&
    before.ino === now.ino;
}

/** Whether any change from now on would show. */
export function isSettled({ mtime, ctime }: FileLook, now: number): boolean {
  return mtime !== null && now - Math.max(mtime, ctime ?? mtime) >= TICK;
}
