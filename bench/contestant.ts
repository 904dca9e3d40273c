import type { Measure } from "./serve.ts";

/** What a program says about itself when it is ready. */
interface Greeting {
  readonly program: string;
  /** Whether a peer's matrix products are right; absent where it does not check. */
  readonly right?: boolean;
}

/** A running program that trains when it is told to, and waits meanwhile. Its side of the protocol is in serve.ts. */
export class Contestant {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncGenerator<string>;
  readonly #complaints: Promise<string>;
  #greeting: Greeting = { program: "" };

  private constructor([command, ...args]: readonly string[], env: Record<string, string>) {
    const piped = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
    this.#process = new Deno.Command(command, { args, env, clearEnv: true, ...piped }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.#lines = readLines(this.#process.stdout);
    this.#complaints = new Response(this.#process.stderr).text();
  }

  /**
   * Starts a program and waits until it has loaded its data. Throws Error with its complaint where it fails.
   *
   * @param env all of its environment
   */
  static async start(command: readonly string[], env: Record<string, string>): Promise<Contestant> {
    const contestant = new Contestant(command, env);
    contestant.#greeting = await contestant.#read() as Greeting;
    return contestant;
  }

  /** Its process. */
  get pid(): number {
    return this.#process.pid;
  }

  /** What the program is, with its versions. */
  get program(): string {
    return this.#greeting.program;
  }

  /** False where the program found that its matrix products are wrong on this machine. */
  get right(): boolean {
    return this.#greeting.right ?? true;
  }

  /** Lets it train on the first `images` images. Throws Error where it fails or the loss is not finite. */
  async measure(images: number): Promise<Measure> {
    await this.#input.write(new TextEncoder().encode(`${images}\n`)).catch(() => {}); // read() tells why it is gone
    const measure = await this.#read() as Measure;
    if (!Number.isFinite(measure.loss)) {
      throw new Error(`Cannot measure: the loss must be finite, found ${measure.loss}`);
    }
    return measure;
  }

  /** Ends the program and waits for its end. */
  async close(): Promise<void> {
    await this.#input.close().catch(() => {}); // it may have ended by itself
    await this.#lines.return(undefined);
    await Promise.all([this.#process.status, this.#complaints]);
  }

  async #read(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (!done) return JSON.parse(value);
    const { code } = await this.#process.status;
    const complaints = (await this.#complaints).trim().split("\n");
    // Deno begins with what is wrong, Python ends with it.
    const complaint = complaints.find((line) => /^(error|\w*Error): /.test(line)) ?? complaints.at(-1);
    throw new Error(complaint || `ended with code ${code}`);
  }
}

async function* readLines(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
