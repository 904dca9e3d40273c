import {
  connect,
  credsAuthenticator,
  type NatsConnection,
  type NodeConnectionOptions,
} from "@nats-io/transport-node";
import { say } from "../messages/messages.ts";
import type { Texts } from "../../src/text/language.ts";
import { delay } from "../system/delay.ts";
import { UserError } from "../system/errors.ts";
import { readInput, readInputText } from "../system/read_input.ts";
import type { Address } from "./address.ts";

type NodeTlsOptions = NonNullable<NodeConnectionOptions["tls"]>;

/** A server, and what it lets in with. */
export interface Access {
  readonly address: Address;
  /** Path of a file of credentials, as `nsc` writes it. */
  readonly creds?: string | undefined;
  /** Path of the certificates of an authority of one's own, by which the server is known. */
  readonly ca?: string | undefined;
  /** What streams, subjects and the bucket are named by: sweeps and workers of another do not see one another. */
  readonly project: string;
}

const RETRY_MS = 1000;
/** A network that was cut is noticed after two of them. */
const PING_MS = 5000;

/** Tells in two languages. */
export type Tell = (text: Texts) => void;

/**
 * Connects, and connects again for ever where the connection is lost, which is told. With `wait` also the first time: a worker may be there
 * before the server. Throws a UserError where there is none, or one that does not let us in.
 */
export async function connectTo(
  { address, creds, ca }: Access,
  { wait = false, signal, tell, onReconnect = () => {} }: {
    wait?: boolean;
    signal: AbortSignal;
    tell: Tell;
    onReconnect?: () => void;
  },
): Promise<NatsConnection> {
  const { host, port, shown, secret, tls } = address;
  const options: NodeConnectionOptions = {
    servers: `${host}:${port}`,
    ...secret,
    ...(creds === undefined ? {} : { authenticator: credsAuthenticator(await readInput(creds)) }),
    ...(tls || ca !== undefined ? { tls: await tlsOptions(host, ca) } : {}),
    maxReconnectAttempts: -1,
    reconnectTimeWait: RETRY_MS,
    pingInterval: PING_MS,
    // A worker may talk to this one address and to no other that the server names.
    ignoreClusterUpdates: true,
  };
  ignoreHangUps();
  for (let told = false;;) {
    signal.throwIfAborted();
    try {
      const connection = await connect(options);
      void followStatus(connection, { shown, tell, onReconnect });
      return connection;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const refused = /authori[sz]ation|authentication|credentials|tls|certificate/i.test(reason);
      if (/authori[sz]ation violation/i.test(reason)) {
        const given = secret !== null || creds !== undefined;
        throw new UserError(say((t) => t.machines.notLetIn(shown, given)), { cause: error, exitCode: 2 });
      }
      if (!wait || refused) {
        throw new UserError(say((t) => t.machines.noServer(shown, reason)), { cause: error, exitCode: 2 });
      }
      if (!told) tell(say((t) => t.machines.waitingForServer(shown, reason)));
      told = true;
      await delay(RETRY_MS, signal);
    }
  }
}

/** By which a server proves that it is `host`, which may be an address in numbers. */
async function tlsOptions(host: string, ca: string | undefined): Promise<NodeTlsOptions> {
  // Handed on to Node as it is, which takes it where there is no name to send.
  const known = { host: host.replace(/^\[|\]$/g, "") } as NodeTlsOptions;
  return ca === undefined ? known : { ...known, ca: await readInputText(ca) };
}

let ignored = false;

/** A socket that was not let in is left by its package without anyone who listens: that the server then hangs up would end the process. */
function ignoreHangUps(): void {
  if (ignored) return;
  ignored = true;
  addEventListener("error", (event) => {
    if (event.error instanceof Error && "code" in event.error && event.error.code === "ECONNRESET") {
      event.preventDefault();
    }
  });
}

async function followStatus(
  connection: NatsConnection,
  { shown, tell, onReconnect }: { shown: string; tell: Tell; onReconnect: () => void },
): Promise<void> {
  let lost = false;
  for await (const { type } of connection.status()) {
    if (type === "disconnect" && !lost) {
      lost = true;
      tell(say((t) => t.machines.lost(shown)));
    } else if (type === "reconnect" && lost) {
      lost = false;
      tell(say((t) => t.machines.connectedAgain(shown)));
      onReconnect();
    }
  }
}
