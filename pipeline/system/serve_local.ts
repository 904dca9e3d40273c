import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "./errors.ts";

/** How many ports are tried after the one that was asked for. */
const MORE_PORTS = 100;

/** How a program of this machine serves pages. */
export interface ServeOptions {
  /** What is served, in words: `the lab`. */
  readonly what: Texts;
  /** An address of this machine: `127.0.0.1` is seen from nowhere else. */
  readonly hostname: string;
  /** Where that is taken, the next free one; 0 is any. */
  readonly port: number;
  readonly signal: AbortSignal;
  /** After it nothing more is answered, and when the last answer has been taken nothing more is served. */
  readonly closing?: AbortSignal | undefined;
  readonly onListen: (address: { readonly port: number }) => Promise<void> | void;
}

/** Serves until the signal, and rejects with nothing then. Throws a UserError where no port is to be had. */
export async function serveLocal(
  { what, hostname, port, signal, closing, onListen }: ServeOptions,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<void> {
  let told: Promise<void> | void = undefined;
  const cut = new AbortController();
  const server = listen(
    { port, what },
    (at) =>
      Deno.serve(
        { hostname, port: at, signal: cut.signal, onListen: (address) => told = onListen(address) },
        answer,
      ),
  );
  // The first of the two ways to end is taken: a server that closes is not there to be cut off.
  const ended = new AbortController();
  const close = () => {
    ended.abort();
    void server.shutdown();
  };
  const stop = () => {
    ended.abort();
    cut.abort();
  };
  signal.addEventListener("abort", stop, { signal: ended.signal });
  closing?.addEventListener("abort", close, { signal: ended.signal });
  // One that was aborted before aborts nothing more.
  if (signal.aborted || closing?.aborted) close();
  await server.finished;
  ended.abort();
  await told;
}

/** Whether a request names this machine by one of its own names: another is how a foreign page would ask for what is served here. */
export function isLocalHost(host: string): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

/** The first port from `port` on that nobody listens on; 0 is any. Throws a UserError where there is none, or none that one may take. */
function listen<Server>(
  { port, what }: Pick<ServeOptions, "port" | "what">,
  open: (port: number) => Server,
): Server {
  const last = Math.min(port + MORE_PORTS, 65535);
  for (let at = port;; at++) {
    try {
      return open(at);
    } catch (error) {
      if (error instanceof Deno.errors.AddrInUse) {
        if (at < last) continue;
        throw new UserError(say(({ language, errors }) => errors.portsTaken(what[language], port, last)));
      }
      if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
      throw new UserError(say(({ language, errors }) => errors.systemsPort(what[language], at)));
    }
  }
}
