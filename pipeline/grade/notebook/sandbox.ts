import { join } from "node:path";
import type { NotebookTools } from "./notebook_tools.ts";

/** What a notebook may use; each bound is kept by the kernel, from outside. */
export interface NotebookLimits {
  /** Seconds that its cells may take together. */
  readonly budget: number;
  /** Bytes of memory of each of its processes, and of all of them together. */
  readonly memoryBytes: number;
  /** Bytes of a file, and of all files of each of the two folders that it may write to. */
  readonly diskBytes: number;
  readonly processes: number;
}

const MIB = 1024 * 1024;
const SHARED_BYTES = String(64 * MIB);

export const DEFAULT_NOTEBOOK_LIMITS: NotebookLimits = {
  budget: 600,
  memoryBytes: 4096 * MIB,
  diskBytes: 512 * MIB,
  processes: 200,
};

/** Users that nobody is: what they own is nothing. Each sandbox has another, so that one's processes do not count against another's limit. */
const NOBODIES = { first: 61_000, count: 4000 };
/** What programs read of /etc: nothing of this machine's own. */
const ETC = ["ld.so.cache", "alternatives", "fonts", "matplotlibrc", "mime.types"];

/** What lies in the sandbox besides the system, by the place that it has there. */
type Laid = Readonly<Record<string, string>>;

/**
 * The words that start `command` in a sandbox: no network, the system's programs to read, two empty folders in memory to write, nothing of
 * anybody's. It dies with the process that started it, and all its processes with it.
 */
export async function inSandbox(
  command: readonly string[],
  { tools, limits, laid, number }: {
    tools: NotebookTools;
    limits: NotebookLimits;
    laid: Laid;
    /** Of the sandbox, another for each that runs at the same time. */
    number: number;
  },
): Promise<string[]> {
  const { diskBytes, memoryBytes, processes } = limits;
  const user = String(userOf(number));
  const size = String(diskBytes);
  const etc = await Promise.all(
    ETC.map(async (name) => await isThere(join("/etc", name)) ? [`/etc/${name}`] : []),
  );
  const bound = [...etc.flat(), ...tools.folders].flatMap((path) => ["--ro-bind", path, path]);
  return [
    "setpriv",
    ...tools.asNobody ? [`--reuid=${user}`, `--regid=${user}`, "--clear-groups"] : [],
    ...["--pdeathsig", "KILL", "--no-new-privs"],
    "prlimit",
    "--core=0:0",
    `--fsize=${diskBytes}:${diskBytes}`,
    `--data=${memoryBytes}:${memoryBytes}`,
    `--nproc=${processes}:${processes}`,
    "bwrap",
    ...["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"],
    ...["--uid", "1000", "--gid", "1000", "--hostname", "sandbox", "--clearenv"],
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--ro-bind", "/usr", "/usr"],
    ...["bin", "sbin", "lib", "lib64"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]),
    ...bound,
    ...["--proc", "/proc", "--dev", "/dev", "--size", SHARED_BYTES, "--tmpfs", "/dev/shm"],
    ...["--size", size, "--tmpfs", "/tmp", "--size", size, "--tmpfs", "/desk"],
    ...Object.entries(laid).flatMap(([place, path]) => ["--ro-bind", path, place]),
    // What is left of the two folders in memory that bubblewrap itself makes.
    ...["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/desk", "--"],
    ...command,
  ];
}

/** The user of a sandbox, where this process may become another. */
export function userOf(number: number): number {
  return NOBODIES.first + number % NOBODIES.count;
}

const ENVIRONMENT = {
  PATH: "/usr/bin:/bin",
  HOME: "/desk",
  LANG: "C.UTF-8",
  // One thread: the same bits whatever the machine, and as many notebooks at once as there are cores.
  OPENBLAS_NUM_THREADS: "1",
  OMP_NUM_THREADS: "1",
  PYTHONHASHSEED: "0",
  PYDEVD_DISABLE_FILE_VALIDATION: "1",
};

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
