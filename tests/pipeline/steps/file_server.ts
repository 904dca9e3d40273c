const TLS_HANDSHAKE = 0x16;

/** What a request asks for. */
export interface FileRequest {
  path: string;
  /** First byte of the range asked for, null without one. */
  from: number | null;
  ifRange: string | null;
  /** Which request to this path it is, from 0. */
  turn: number;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** Sends only the first so many bytes of the body, though Content-Length promises all. */
  cutAt?: number;
  /** Falls silent instead of closing the connection: before the status line, or after what is sent. */
  stall?: "before" | "after";
}

/**
 * An HTTP/1.1 server on 127.0.0.1 that can break off and stall as a framework's would not let it. It keeps
 * every request and counts the bytes of the bodies that it sent.
 */
export class FileServer implements AsyncDisposable {
  readonly url: string;
  readonly requests: FileRequest[] = [];
  bytesSent = 0;
  readonly #listener: Deno.TcpListener;
  readonly #connections = new Map<Deno.TcpConn, Promise<void>>();
  readonly #answer: (request: FileRequest) => Reply;
  readonly #running: Promise<void>;

  constructor(answer: (request: FileRequest) => Reply) {
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.url = `http://127.0.0.1:${this.#listener.addr.port}`;
    this.#answer = answer;
    this.#running = this.#accept();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections.keys()) {
      try {
        connection.close();
      } catch {
        // It had ended by itself.
      }
    }
    await Promise.all([this.#running, ...this.#connections.values()]);
  }

  async #accept(): Promise<void> {
    try {
      for await (const connection of this.#listener) {
        this.#connections.set(connection, this.#serve(connection));
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  async #serve(connection: Deno.TcpConn): Promise<void> {
    try {
      const request = parseRequest(await readHead(connection), this.requests);
      this.requests.push(request);
      const { status = 200, headers = {}, body = new Uint8Array(), cutAt, stall } = this.#answer(request);
      if (stall === "before") await connection.read(new Uint8Array(1));
      const head = [`HTTP/1.1 ${status} `, "Connection: close"];
      if (!("Transfer-Encoding" in headers)) head.push(`Content-Length: ${body.length}`);
      for (const [name, value] of Object.entries(headers)) head.push(`${name}: ${value}`);
      await writeAll(connection, new TextEncoder().encode(head.join("\r\n") + "\r\n\r\n"));
      const sent = body.subarray(0, cutAt);
      await writeAll(connection, sent);
      this.bytesSent += sent.length;
      if (stall === "after") await connection.read(new Uint8Array(1));
    } catch {
      // The client went away, as some tests want it to.
    }
    try {
      connection.close();
    } catch {
      // Disposal was faster.
    }
  }
}

/** A reply as of a good server: with an ETag, and a part where one is asked for and the ETag still fits. */
export function withRanges({ from, ifRange }: FileRequest, body: Uint8Array, etag = '"1"'): Reply {
  if (from === null || (ifRange !== null && ifRange !== etag)) return { body, headers: { ETag: etag } };
  if (from >= body.length) return { status: 416, headers: { "Content-Range": `bytes */${body.length}` } };
  const range = `bytes ${from}-${body.length - 1}/${body.length}`;
  return { status: 206, body: body.subarray(from), headers: { ETag: etag, "Content-Range": range } };
}

async function readHead(connection: Deno.TcpConn): Promise<string> {
  const buffer = new Uint8Array(8192);
  let head = "";
  while (!head.includes("\r\n\r\n")) {
    const count = await connection.read(buffer);
    if (count === null) throw new Error("the client sent no request");
    if (buffer[0] === TLS_HANDSHAKE) {
      await writeAll(connection, new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n"));
      throw new Error("the client speaks TLS");
    }
    head += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return head;
}

function parseRequest(head: string, earlier: readonly FileRequest[]): FileRequest {
  const path = head.split(" ")[1];
  const from = /^range: bytes=(\d+)-\r$/im.exec(head)?.[1];
  return {
    path,
    from: from === undefined ? null : Number(from),
    ifRange: /^if-range: (.*)\r$/im.exec(head)?.[1] ?? null,
    turn: earlier.filter((request) => request.path === path).length,
  };
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}
