import { UserError } from "../system/errors.ts";

const HOST = "127.0.0.1";
/** How many ports are tried after the one that was asked for. */
const MORE_PORTS = 100;

/** Serves a page to this machine alone, until the signal: at `port`, or where that is taken at the next free one. Throws a UserError where none is. */
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

/** The first port from `port` on that nobody listens on; 0 is any. Throws a UserError where there is none, or none that one may take. */
function listen<Server>(port: number, open: (port: number) => Server): Server {
  const last = Math.min(port + MORE_PORTS, 65535);
  for (let at = port;; at++) {
    try {
      return open(at);
    } catch (error) {
      if (error instanceof Deno.errors.AddrInUse) {
        if (at < last) continue;
        throw new UserError({
          en:
            `Cannot serve the lab: one of the ports ${port} to ${last} must be free, found none; pass another with --port N`,
          ja:
            `実験室を公開できません: ポート ${port}〜${last} はすべて使用中です。--port N で別のポートを指定してください`,
        });
      }
      if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
      throw new UserError({
        en:
          `Cannot serve the lab: the system keeps port ${at} for itself; pass one from 1024 on with --port N`,
        ja:
          `実験室を公開できません: ポート ${at} はシステムが使うものです。--port N で 1024 以上のポートを指定してください`,
      });
    }
  }
}
