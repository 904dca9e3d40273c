const HOST = "127.0.0.1";

/** Serves a page to this machine alone, until the signal: at `port`, or where that is taken at the next free one. */
export async function serveLab(page: string, { port, signal, onListen }: {
  readonly port: number;
  readonly signal: AbortSignal;
  readonly onListen: (address: string) => Promise<void>;
}): Promise<void> {
  const body = new TextEncoder().encode(page);
  const answer = (request: Request): Response => {
    const { pathname, host } = new URL(request.url);
    // Another name for this machine is how a foreign page would ask for what is served here.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return new Response(null, { status: 421 });
    if (pathname !== "/") return new Response(null, { status: 404 });
    return new Response(body, {
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    });
  };
  let told = Promise.resolve();
  const server = listen(port, (at) =>
    Deno.serve({
      hostname: HOST,
      port: at,
      signal,
      onListen: (address) => told = onListen(`http://${HOST}:${address.port}/`),
    }, answer));
  await server.finished;
  await told;
}

/** The first port from `port` on that nobody listens on; 0 is any. */
function listen<Server>(port: number, open: (port: number) => Server): Server {
  for (let at = port;; at++) {
    try {
      return open(at);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse) || at >= Math.min(port + 100, 65535)) throw error;
    }
  }
}
