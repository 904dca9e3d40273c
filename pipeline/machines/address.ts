import { withPlaceholder } from "../system/secrets.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";

/** Where a server of NATS is, and what was typed to be let in. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** As it may be shown and written down: without what lets in. */
  readonly shown: string;
  readonly secret: { readonly token: string } | { readonly user: string; readonly pass: string } | null;
}

const PORT = 4222;
const SCHEMES = ["nats:", "tls:"];

/** `nats://HOST[:PORT]` or `tls://HOST[:PORT]`, also with `TOKEN@` or `USER:PASSWORD@` before the host. Throws a UserError for another text. */
export function parseAddress(text: string): Address {
  let url: URL, user: string, pass: string;
  try {
    url = new URL(/^\w+:\/\//.test(text) ? text : `nats://${text}`);
    [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  } catch {
    throw wrongAddress(text);
  }
  const { protocol, hostname, port, pathname, search, hash } = url;
  const isPlain = ["", "/"].includes(pathname + search + hash);
  const isNobodys = user === "" && pass !== "";
  if (!SCHEMES.includes(protocol) || hostname === "" || !isPlain || isNobodys) throw wrongAddress(text);
  const secret = user === "" ? null : pass === "" ? { token: user } : { user, pass };
  const at = port === "" ? PORT : Number(port);
  return {
    host: hostname,
    port: at,
    tls: protocol === "tls:",
    shown: `${protocol}//${hostname}:${at}`,
    secret,
  };
}

function wrongAddress(text: string): UserError {
  const found = withPlaceholder(text);
  return new UserError(say((t) => t.errors.wrongAddress(found)));
}
