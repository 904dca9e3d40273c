import { fileURLToPath } from "node:url";
import config from "../deno.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("../", import.meta.url));

const [, FLAGS] = /FLAGS=(\S+)/.exec(config.tasks["small-heap"].command)!;

/** A viewer as the task starts it. */
export class Viewer implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly address: string;

  private constructor(child: Deno.ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
  }

  static async start(folder: string): Promise<Viewer> {
    const child = new Deno.Command(Deno.execPath(), {
      // Not by the task itself, which is another process than what it starts.
      args: [
        "run",
        "-q",
        `--v8-flags=${FLAGS}`,
        "-P=view",
        "pipeline/main.ts",
        "view",
        folder,
        "--port",
        "0",
      ],
      cwd: ROOT,
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let said = "";
    while (!said.includes("\n")) said += (await reader.read()).value ?? "\n";
    return new Viewer(child, /http:\/\/[\d.:]+\//.exec(said)![0]);
  }

  /** In MiB: what it holds now, and the most that it held. */
  memory(): { now: number; most: number } {
    const status = Deno.readTextFileSync(`/proc/${this.#child.pid}/status`);
    const of = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, "m").exec(status)?.[1]) / 1024;
    return { now: of("VmRSS"), most: of("VmHWM") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }
}
