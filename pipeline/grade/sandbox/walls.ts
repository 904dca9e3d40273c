import type { Texts } from "../../../src/text/language.ts";
import { say } from "../../messages/messages.ts";

const MIB = 1024 * 1024;

/** What a student's program may use. Each bound is enforced from outside its process. */
export interface ProgramLimits {
  /** Milliseconds to start a process and load the module. */
  readonly startMs: number;
  /** Milliseconds a call. */
  readonly callMs: number;
  /** Milliseconds for all calls together, starts after a time-out or crash included. */
  readonly totalMs: number;
  /** Bytes of heap, typed arrays and stacks, beyond what Deno needs itself. */
  readonly memoryBytes: number;
  /** Bytes of source text, as UTF-8. */
  readonly sourceBytes: number;
  /** Bytes that it may print a call. */
  readonly outputBytes: number;
  /** Numbers that a call may return. */
  readonly replyNumbers: number;
}

/** Generous for the course's network, and short enough for a class of hostile programs. */
export const DEFAULT_PROGRAM_LIMITS: ProgramLimits = {
  startMs: 10_000,
  callMs: 10_000,
  totalMs: 120_000,
  memoryBytes: 1024 * MIB,
  sourceBytes: MIB,
  outputBytes: 16 * MIB,
  replyNumbers: 4_000_000,
};

/** Which programs of the system bound a student's process from outside. */
export interface Walls {
  /** util-linux's prlimit: bounds on memory, processor time and files, kept by the kernel. */
  readonly prlimit: boolean;
  /** util-linux's setpriv: the process dies with the grader, and gains no privileges. */
  readonly setpriv: boolean;
}

/** Writable address space of Deno 2.9 before it runs anything: V8 reserves 512 MiB for code. */
const DENO_DATA_BYTES = 640 * 1024 * 1024;

let found: Promise<Walls> | undefined;

/** Which walls this system has. It is looked up once. */
export function findWalls(): Promise<Walls> {
  found ??= lookUp();
  return found;
}

/**
 * What hostile code could still do for the lack of a wall, as a sentence for the instructor, or null where all stand.
 *
 * Without prlimit a student's process can open files again for Deno itself, and so read one by the line: Deno 2.9.6 looks up a source map's
 * source without asking for the permission to read.
 */
export function describeGaps({ prlimit, setpriv }: Walls): Texts | null {
  if (!prlimit) return say((t) => t.grade.noPrlimit);
  return setpriv ? null : say((t) => t.grade.noSetpriv);
}

/** The words that start `command` behind the walls. */
export function wallIn(command: readonly string[], walls: Walls, limits: ProgramLimits): readonly string[] {
  if (!walls.prlimit) return command;
  const data = DENO_DATA_BYTES + limits.memoryBytes;
  // Deno's own threads count, so that a program at work for its whole time stays far below.
  const seconds = 4 * Math.ceil((limits.startMs + limits.totalMs) / 1000);
  const prlimit = [
    "prlimit",
    "--core=0:0",
    "--fsize=0:0",
    `--data=${data}:${data}`,
    `--cpu=${seconds}:${seconds}`,
  ];
  return [
    ...prlimit,
    ...walls.setpriv ? ["setpriv", "--pdeathsig", "KILL", "--no-new-privs"] : [],
    ...command,
  ];
}

/**
 * Takes from a process that has started, and has everything open that it needs, the right to open anything more: files, sockets, and with
 * them workers, whatever a permission check of Deno's might miss.
 */
export async function closeDoor(pid: number, { prlimit }: Walls): Promise<void> {
  if (!prlimit) return;
  const { success, stderr } = await run(["prlimit", "--pid", String(pid), "--nofile=0:0"]);
  if (!success) throw new Error(`Cannot close a process in: ${new TextDecoder().decode(stderr).trim()}`);
}

/** Kilobytes a process has in memory, or null where that cannot be told. */
export async function residentKilobytes(pid: number): Promise<number | null> {
  try {
    const { success, stdout } = await run(["ps", "-o", "rss=", "-p", String(pid)]);
    return success ? Number(new TextDecoder().decode(stdout)) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function lookUp(): Promise<Walls> {
  const prlimit = await works(["prlimit", "--core=0:0", "true"]);
  const setpriv = prlimit &&
    await works(["prlimit", "--core=0:0", "setpriv", "--pdeathsig", "KILL", "--no-new-privs", "true"]);
  return { prlimit, setpriv };
}

async function works(command: readonly string[]): Promise<boolean> {
  try {
    return (await run(command)).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function run([program, ...args]: readonly string[]): Promise<Deno.CommandOutput> {
  return new Deno.Command(program, { args, stdin: "null", clearEnv: true, env: systemEnvironment() })
    .output();
}

/** All that a program is told of the system. On Windows programs rely on its folder, for random numbers and connections too. */
export function systemEnvironment(root = Deno.env.get("SystemRoot")): Record<string, string> {
  return { PATH: SYSTEM_PATH, ...root !== undefined && { SystemRoot: root } };
}

/** Where the system's own programs are. The environment's PATH is not read. */
const SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
