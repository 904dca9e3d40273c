import { lines } from "../../lines.ts";
import { ROOT } from "../command_line.ts";

export interface ProgramOptions {
  /** What comes before `deno`: a network namespace to be in, say. */
  readonly within?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string | URL;
  /** Told each line at once. */
  onLine?(line: string): void;
}

/** A program that goes on while a test does other things: what it prints can be waited for, and it can be killed with all that it started. */
export class Program {
  /** Each line that it has printed, of either stream. */
  readonly lines: string[] = [];
  /** When it has ended and all that it printed is here. */
  readonly ended: Promise<Deno.CommandStatus>;
  readonly #child: Deno.ChildProcess;
  #running = true;
  #listeners: (() => void)[] = [];

  constructor(command: readonly string[], { env = {}, cwd = ROOT, onLine = () => {} }: ProgramOptions = {}) {
    const { INIT_CWD: _, ...inherited } = Deno.env.toObject();
    const [program, ...args] = command;
    this.#child = new Deno.Command(program, {
      args,
      cwd,
      clearEnv: true,
      env: { ...inherited, NO_COLOR: "1", LC_ALL: "C.UTF-8", ...env },
      // It leads a process group, which holds what it starts.
      detached: true,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
      for await (const line of lines(stream)) {
        this.lines.push(line);
        onLine(line);
        this.#tell();
      }
    };
    const both = Promise.all([read(this.#child.stdout), read(this.#child.stderr)]);
    this.ended = both.then(() => this.#child.status).finally(() => {
      this.#running = false;
      this.#tell();
    });
  }

  /** `deno ARGS` */
  static deno(args: readonly string[], { within = [], ...options }: ProgramOptions = {}): Program {
    return new Program([...within, Deno.execPath(), ...args], options);
  }

  /** Its process, and its group. */
  get pid(): number {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#running;
  }

  #tell(): void {
    for (const listener of this.#listeners.splice(0)) listener();
  }

  /** Waits for the `count`-th line that a pattern matches, and returns it. */
  async says(pattern: RegExp, count = 1): Promise<string> {
    for (;;) {
      const line = this.lines.filter((line) => pattern.test(line))[count - 1];
      if (line !== undefined) return line;
      if (!this.#running) throw new Error(`It ended without ${pattern}:\n${this.lines.join("\n")}`);
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
  }

  /** Sends a signal to the program and all that it started. */
  signal(signal: Deno.Signal): void {
    // A negative number is a process group's.
    try {
      Deno.kill(-this.pid, signal);
    } catch (error) {
      // It has ended, and what it printed is still being read.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  async end(signal: Deno.Signal = "SIGTERM"): Promise<Deno.CommandStatus> {
    this.signal(signal);
    return await this.ended;
  }
}
