/** How a program of this machine serves pages. */
export interface ServeOptions {
  /** An address of this machine: `127.0.0.1` is seen from nowhere else. */
  readonly hostname: string;
  /** Where that is taken, the next free one; 0 is any. */
  readonly port: number;
  readonly signal: AbortSignal;
  readonly onListen: (address: { readonly port: number }) => Promise<void> | void;
}

/** Serves until the signal, and rejects with nothing then. */
export async function serveLocal(
  { hostname, port, signal, onListen }: ServeOptions,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<void> {
  let told: Promise<void> | void = undefined;
  const server = listen(
    port,
    (at) =>
      Deno.serve({ hostname, port: at, signal, onListen: (address) => told = onListen(address) }, answer),
  );
  await server.finished;
  await told;
}

/** Whether a request names this machine by one of its own names: another is how a foreign page would ask for what is served here. */
export function isLocalHost(host: string): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

/** The first port from `port` on that nobody listens on. */
function listen<Server>(port: number, open: (port: number) => Server): Server {
  for (let at = port;; at++) {
    try {
      return open(at);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse) || at >= Math.min(port + 100, 65535)) throw error;
    }
  }
}
