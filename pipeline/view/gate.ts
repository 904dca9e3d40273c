import { timingSafeEqual } from "node:crypto";
import { isLocalHost } from "../system/serve_local.ts";

export interface GateOptions {
  /** Without it only this machine may ask; with it whoever has it. */
  readonly token: string | null;
  readonly port: number;
}

/** What every answer says: nothing of it is kept, framed or taken for what it is not. */
export const HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** An answer that says in words why there is no other. */
export function refuse(
  status: number,
  why: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(`${why}\n`, {
    status,
    headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8", ...headers },
  });
}

/** A page under the policy that it may be shown by. */
export function page(html: string, policy: string, status = 200): Response {
  return new Response(html, {
    status,
    headers: { ...HEADERS, "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
  });
}

/**
 * Lets in who may ask: null, or the answer to who may not. A foreign page that makes a browser ask gives itself away by the name that it knows
 * this machine by, or by its origin.
 */
export function checkRequest(request: Request, { token, port }: GateOptions): Response | null {
  if (request.method !== "GET") return refuse(405, "Only GET is answered.", { allow: "GET" });
  const url = new URL(request.url);
  const host = request.headers.get("host") ?? url.host;
  if (token === null && !isLocalHost(host)) {
    return refuse(421, "This server is asked for as 127.0.0.1 or localhost.");
  }
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== `http://${host}`) {
    return refuse(403, "No page of another origin is answered.");
  }
  if (token === null) return null;
  const cookie = `view-${port}`;
  const given = url.searchParams.get("token");
  if (given !== null && isSame(given, token)) {
    // Not by a redirection: to one that a link on another page led to, a browser would not send the cookie.
    return new Response('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>…</title>', {
      headers: {
        ...HEADERS,
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'",
        "set-cookie": `${cookie}=${token}; Path=/; HttpOnly; SameSite=Strict`,
      },
    });
  }
  const kept = (request.headers.get("cookie") ?? "").split(/;\s*/)
    .find((part) => part.startsWith(`${cookie}=`))?.slice(cookie.length + 1);
  if (kept !== undefined && isSame(kept, token)) return null;
  return refuse(401, "This server asks for the token that it printed: open the address with ?token=...");
}

/** In a time that does not tell how much of it is right. */
function isSame(given: string, token: string): boolean {
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(given), encoder.encode(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
