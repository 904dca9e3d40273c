import { isLocalHost, serveLocal } from "../system/serve_local.ts";

const HOST = "127.0.0.1";
const LAB = { en: "the lab", ja: "実験室" };

/** Serves a page to this machine alone, until the signal: at `port`, or where that is taken at the next free one. */
export async function serveLab(page: string, { port, signal, onListen }: {
  readonly port: number;
  readonly signal: AbortSignal;
  readonly onListen: (address: string) => Promise<void>;
}): Promise<void> {
  const body = new TextEncoder().encode(page);
  const tell = (address: { port: number }) => onListen(`http://${HOST}:${address.port}/`);
  await serveLocal({ what: LAB, hostname: HOST, port, signal, onListen: tell }, (request) => {
    const { pathname, host } = new URL(request.url);
    if (!isLocalHost(host)) return new Response(null, { status: 421 });
    if (pathname !== "/") return new Response(null, { status: 404 });
    return new Response(body, {
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    });
  });
}
