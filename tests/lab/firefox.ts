// Firefox by its own protocol (WebDriver BiDi), which playwright does not speak.

/** Where Firefox is; undefined where there is none. */
export const FIREFOX: string | undefined = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/** A Firefox that has not done by then has come to a halt. */
const MOST_MS = 120_000;

/** A page in Firefox. */
export interface FirefoxPage {
  open(url: string): Promise<void>;
  /** The value of an expression that gives text. */
  evaluate(expression: string): Promise<string>;
  close(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly result?: Result;
  readonly message?: string;
}

interface Result {
  readonly contexts?: readonly { readonly context: string }[];
  readonly result?: { readonly value?: string };
}

/** Starts Firefox with a new profile in `folder`. */
export async function openFirefox(folder: string): Promise<FirefoxPage> {
  const process = new Deno.Command(FIREFOX ?? "firefox", {
    args: ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", folder],
    env: { HOME: folder },
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const late = setTimeout(() => process.kill("SIGKILL"), MOST_MS);
  const { address, drained } = await readAddress(process.stderr);
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {}); // told to whoever waits for an answer, if anybody does
  socket.onclose = () => ended.reject(new Error("Firefox ended"));
  socket.onmessage = ({ data }) => {
    const answer: Answer = JSON.parse(data);
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  };
  let last = 0;
  const send = async (method: string, params: object): Promise<Result> => {
    const id = ++last;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, message } = await Promise.race([answered, ended.promise]);
    if (result === undefined) throw new Error(`${method}: ${message}`);
    return result;
  };
  await send("session.new", { capabilities: {} });
  const context = (await send("browsingContext.getTree", {})).contexts?.[0].context;
  return {
    async open(url) {
      await send("browsingContext.navigate", { context, url, wait: "complete" });
    },
    async evaluate(expression) {
      const found = await send("script.evaluate", { expression, target: { context }, awaitPromise: true });
      return found.result?.value ?? "";
    },
    async close() {
      clearTimeout(late);
      const closed = new Promise((resolve) => socket.addEventListener("close", resolve, { once: true }));
      if (socket.readyState === WebSocket.OPEN) {
        await send("browser.close", {});
        socket.close();
        await closed;
      }
      await process.status;
      await drained;
    },
  };
}

/** Where it says that it listens; what it says besides is read to its end. */
async function readAddress(
  stderr: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<{ address: string; drained: Promise<void> }> {
  const told = Promise.withResolvers<string>();
  const drain = async () => {
    let text = "";
    for await (const part of stderr.pipeThrough(new TextDecoderStream())) {
      text += part;
      const address = text.match(/WebDriver BiDi listening on (ws:\/\/127\.0\.0\.1:\d+)/)?.[1];
      if (address !== undefined) told.resolve(address);
    }
    told.reject(new Error(`Firefox did not start: ${text}`));
  };
  const drained = drain();
  return { address: await told.promise, drained };
}
