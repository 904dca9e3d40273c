import { freePort } from "./free_port.ts";

/** A server of NATS with JetStream on a free loopback port; its storage lies in a folder, with which it can be started again. */
export class NatsServer implements AsyncDisposable {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #args: readonly string[];
  #child: Deno.ChildProcess | null = null;

  private constructor(folder: string, port: number, args: readonly string[]) {
    this.#folder = folder;
    this.#port = port;
    this.#args = args;
    this.url = `nats://127.0.0.1:${port}`;
  }

  static async start(folder: string, { args = [] }: { args?: readonly string[] } = {}): Promise<NatsServer> {
    const server = new NatsServer(folder, freePort(), args);
    await server.restart();
    return server;
  }

  /** Resolves when it takes connections. */
  async restart(): Promise<void> {
    this.#child = new Deno.Command("nats-server", {
      args: [
        "-js",
        "-sd",
        `${this.#folder}/jetstream`,
        "-a",
        "127.0.0.1",
        "-p",
        String(this.#port),
        ...this.#args,
      ],
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let log = "";
    const decoder = new TextDecoder();
    const ready = Promise.withResolvers<void>();
    const child = this.#child;
    void (async () => {
      for await (const chunk of child.stderr) {
        log += decoder.decode(chunk, { stream: true });
        if (log.includes("Server is ready")) ready.resolve();
      }
      ready.reject(new Error(`the server did not start: ${log}`));
    })();
    await ready.promise;
  }

  async kill(): Promise<void> {
    this.#child?.kill("SIGKILL");
    await this.#child?.status;
    this.#child = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

/** Whether there is one here. */
export function hasNatsServer(): boolean {
  try {
    return new Deno.Command("nats-server", { args: ["--version"] }).outputSync().success;
  } catch {
    return false;
  }
}
