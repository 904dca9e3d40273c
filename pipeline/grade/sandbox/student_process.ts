import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Fault, sayFault } from "../../../src/grade/fault.ts";
import { gradeMessages } from "../../../src/grade/messages/messages.ts";
import type { CallResult } from "../../../src/grade/student_program.ts";
import { say } from "../../messages/messages.ts";
import { UserError } from "../../system/errors.ts";
import { killChild } from "../../system/kill_child.ts";
import { quotedReason } from "../../system/reasons.ts";
import { StudentFolder } from "./student_folder.ts";
import { type Frame, NONCE_BYTES, ReplyReader } from "./frames.ts";
import {
  closeDoor,
  type ProgramLimits,
  residentKilobytes,
  systemEnvironment,
  wallIn,
  type Walls,
} from "./walls.ts";

/** How a process ended, or was ended, without a reply. */
export type Ending = Extract<CallResult, { readonly fault: Fault }>;

const BOOT = fileURLToPath(new URL("boot.ts", import.meta.url));

/** No permission, no network for modules, no configuration, and Deno's own flags for V8 only. */
const DENO_ARGS = [
  "run",
  "--quiet",
  "--no-prompt",
  "--no-remote",
  "--no-npm",
  "--cached-only",
  "--no-config",
  "--no-lock",
  "--no-code-cache",
  ...["read", "write", "net", "env", "sys", "run", "ffi", "import"].map((right) => `--deny-${right}`),
  BOOT,
];

/** Until boot.ts answers, which it does before anything of the student's is there. Machines can be busy. */
const BOOT_MS = 60_000;
/** How much of standard error is kept, to tell running out of memory from other crashes. It is shown to nobody. */
const KEPT_ERROR_BYTES = 4096;
/** Where the kernel keeps no bound on memory, how often its size is looked at. */
const WATCH_MS = 250;

/** One process that runs boot.ts behind the walls, with an empty folder of its own. */
export class StudentProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #replies: ReplyReader;
  readonly #limits: ProgramLimits;
  readonly #folder: StudentFolder;
  readonly #finished: Promise<void>;
  #ending: Ending | null = null;
  #waiting: ((outcome: Frame | Ending) => void) | null = null;
  #printed = 0;
  #lastErrors = "";
  #watch: ReturnType<typeof setInterval> | undefined;
  #measuring: Promise<void> | undefined;

  private constructor(
    child: Deno.ChildProcess,
    nonce: Uint8Array,
    limits: ProgramLimits,
    folder: StudentFolder,
  ) {
    this.#child = child;
    this.#stdin = child.stdin.getWriter();
    this.#replies = new ReplyReader(nonce, limits.replyNumbers);
    this.#limits = limits;
    this.#folder = folder;
    this.#finished = this.#follow();
  }

  /**
   * Starts a process and waits until it is closed in. Nothing of the student's has run by then: it throws a UserError where this fails, for
   * something is wrong with the machine.
   */
  static async start(limits: ProgramLimits, walls: Walls): Promise<StudentProcess> {
    const folder = await StudentFolder.make();
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    let process: StudentProcess | null = null;
    try {
      process = new StudentProcess(spawn(folder.path, walls, limits), nonce, limits, folder);
      const up = await process.exchange(nonce, BOOT_MS);
      if ("status" in up) {
        throw new Error(`${sayFault(up.fault, gradeMessages("en"))}\n${process.#lastErrors}`);
      }
      await closeDoor(process.#child.pid, walls);
      if (!walls.prlimit) process.#watchMemory();
      return process;
    } catch (error) {
      if (process === null) await folder[Symbol.asyncDispose]();
      else await process[Symbol.asyncDispose]();
      if (!Error.isError(error)) throw error;
      const reason = quotedReason(error);
      throw new UserError(say((t) => t.errors.noProcess(reason[t.language])), { cause: error, exitCode: 1 });
    }
  }

  /** Whether it has ended and can take no further request. */
  get ended(): boolean {
    return this.#ending !== null;
  }

  /** Sends bytes and waits for the next frame, or for how the process ended instead. After `ms` it is killed. */
  async exchange(request: Uint8Array<ArrayBuffer>, ms: number): Promise<Frame | Ending> {
    if (this.#ending !== null) return this.#ending;
    const { promise, resolve } = Promise.withResolvers<Frame | Ending>();
    this.#waiting = resolve;
    this.#printed = 0;
    const timer = setTimeout(() => {
      this.#end({ status: "timeout", fault: ["tookLonger", Math.ceil(ms) / 1000] });
    }, ms);
    // A process that takes no more input has ended or is ended by the timer: either way that is what is told.
    this.#stdin.write(request).catch(() => {});
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting = null;
    }
  }

  /** Kills it, if need be, and waits until nothing of it is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end({ status: "crashed", fault: ["ended"] });
    await this.#finished;
    await this.#measuring;
    await this.#stdin.abort().catch(() => {});
    await this.#folder[Symbol.asyncDispose]();
  }

  /** Reads all that it writes, to the end. */
  async #follow(): Promise<void> {
    const [status] = await Promise.all([this.#child.status, this.#followOutput(), this.#followErrors()]);
    this.#end(explainExit(status, this.#lastErrors));
  }

  async #followOutput(): Promise<void> {
    for await (const chunk of this.#child.stdout) {
      if (this.#ending !== null) continue;
      try {
        const { frames, printed } = this.#replies.push(chunk);
        this.#countPrinted(printed);
        for (const frame of frames) this.#deliver(frame);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        this.#end({ status: "invalid", fault: ["noReply"] });
      }
    }
  }

  async #followErrors(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.#child.stderr) {
      this.#lastErrors = (this.#lastErrors + decoder.decode(chunk)).slice(-KEPT_ERROR_BYTES);
      this.#countPrinted(chunk.length);
    }
  }

  #deliver(frame: Frame): void {
    if (this.#waiting !== null) this.#waiting(frame);
    else this.#end({ status: "invalid", fault: ["notAsked"] });
  }

  #countPrinted(bytes: number): void {
    this.#printed += bytes;
    if (this.#printed <= this.#limits.outputBytes) return;
    this.#end({ status: "output", fault: ["printed", this.#limits.outputBytes] });
  }

  #watchMemory(): void {
    const most = this.#limits.memoryBytes / 1024;
    this.#watch = setInterval(() => {
      this.#measuring = residentKilobytes(this.#child.pid).then((found) => {
        if ((found ?? 0) > most) this.#end(OUT_OF_MEMORY);
      });
    }, WATCH_MS);
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    clearInterval(this.#watch);
    killChild(this.#child);
    this.#waiting?.(this.#ending);
  }
}

const OUT_OF_MEMORY: Ending = { status: "memory", fault: ["tooMuchMemory"] };

function spawn(folder: string, walls: Walls, limits: ProgramLimits): Deno.ChildProcess {
  const [program, ...args] = wallIn([Deno.execPath(), ...DENO_ARGS], walls, limits);
  return new Deno.Command(program, {
    args,
    cwd: join(folder, "empty"),
    clearEnv: true,
    env: { ...systemEnvironment(), DENO_DIR: join(folder, "sealed", "none"), NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

function explainExit({ code, signal }: Deno.CommandStatus, errors: string): Ending {
  if (/out of memory|memory allocation of|reserve virtual memory/i.test(errors)) return OUT_OF_MEMORY;
  if (signal !== null) return { status: "crashed", fault: ["killed", signal] };
  return { status: "crashed", fault: ["endedItself", code, "Deno.exit()"] };
}
