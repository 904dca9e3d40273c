import { lines } from "./lines.ts";
import { inTemporaryFolder } from "./pipeline/in_temporary_folder.ts";

/** Where nats-server is; undefined where there is none. */
export const NATS_SERVER: string | undefined = [
  "/usr/sbin/nats-server",
  "/usr/local/bin/nats-server",
  "/usr/bin/nats-server",
  "/opt/homebrew/bin/nats-server",
].find(exists);

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

export interface NatsOptions {
  /** The address that it listens at; by default, 127.0.0.1. */
  readonly address?: string;
  /** Arguments before nats-server itself: a network namespace, say. */
  readonly within?: readonly string[];
  /** More of nats-server's own arguments. */
  readonly args?: readonly string[];
  /** Told each line of its log. */
  onLog?(line: string): void;
}

/** A server with JetStream on a free port, its storage in a folder of the caller's, which can be stopped and started again on the same port. */
export class NatsServer implements AsyncDisposable {
  readonly #folder: string;
  readonly #options: NatsOptions;
  #child: Deno.ChildProcess | undefined;
  // nats-server takes a free one for -1.
  #port = -1;

  private constructor(folder: string, options: NatsOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  static async start(folder: string, options: NatsOptions = {}): Promise<NatsServer> {
    const server = new NatsServer(folder, options);
    await server.restart();
    return server;
  }

  /** Its process; while it runs. */
  get pid(): number {
    return this.#child!.pid;
  }

  get address(): string {
    return this.#options.address ?? "127.0.0.1";
  }

  get url(): string {
    return `nats://${this.address}:${this.#port}`;
  }

  /** Starts it, on the port that it had before, with what it stored. */
  async restart(): Promise<void> {
    const { args: more = [], within = [] } = this.#options;
    const own = ["-js", "-sd", `${this.#folder}/nats`, "-a", this.address, "-p", String(this.#port)];
    const [program, ...args] = [...within, NATS_SERVER!, ...own, ...more];
    this.#child = new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "piped" }).spawn();
    await this.#ready(this.#child.stderr);
  }

  /** Reads its log to the line that says that it listens, and goes on reading, lest it wait for a full pipe. */
  async #ready(stderr: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const { onLog = () => {} } = this.#options;
    const log = lines(stderr);
    const said: string[] = [];
    do {
      const { done, value } = await log.next();
      if (done) throw new Error(`nats-server ended:\n${said.join("\n")}`);
      said.push(value);
      onLog(value);
    } while (!said.at(-1)?.includes("Server is ready"));
    this.#port = Number(/Listening for client connections on \S*:(\d+)/.exec(said.join("\n"))?.[1]);
    this.#rest = (async () => {
      for await (const line of log) onLog(line);
    })();
  }
  #rest: Promise<void> | undefined;

  /** Ends it, with whatever signal, and waits until it is gone. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<void> {
    if (this.#child === undefined) return;
    this.#child.kill(signal);
    await this.#child.status;
    await this.#rest;
    this.#child = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

/** What a test with a server is given: a folder of its own and a server that stores in it; both are gone when it ends. */
export interface WithNats {
  readonly folder: string;
  readonly server: NatsServer;
}

/** A test that has a server to itself, which says that it is skipped where nats-server is missing. */
export function testWithNats(
  what: string,
  fn: (given: WithNats) => Promise<void>,
  options: NatsOptions = {},
): void {
  Deno.test({
    name: NATS_SERVER === undefined
      ? `${what}: skipped, as there is no nats-server (apt-get install nats-server)`
      : what,
    ignore: NATS_SERVER === undefined,
    fn: () =>
      inTemporaryFolder(async (folder) => {
        await using server = await NatsServer.start(folder, options);
        await inTime(fn({ folder, server }));
      }),
  });
}

/** On a busy machine the longest, that of Slurm, takes eight. */
const MOST_MINUTES = 15;

/** What waits for a message that never comes would have all tests wait. */
async function inTime(test: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const why = new Error(`The test must end within ${MOST_MINUTES} minutes`);
  const timer = setTimeout(() => reject(why), MOST_MINUTES * 60_000);
  try {
    await Promise.race([test, late]);
  } finally {
    clearTimeout(timer);
  }
}
