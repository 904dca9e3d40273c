import { setTimeout as delay } from "node:timers/promises";
import type { PartialFile, PartOrigin } from "./partial_file.ts";
import { refuseHtml } from "./unpack.ts";
import { say } from "../../messages/messages.ts";
import { connectionError, TransferError, transferError } from "./transfer_error.ts";

export interface Patience {
  /** Attempts in a row that bring nothing new before an address is given up. */
  attempts: number;
  stallSeconds: number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
}

/** Slower than this on average over `stallSeconds`, a server is given up: it would take hours. */
const MIN_BYTES_PER_SECOND = 1000;
/** Fewer new bytes than this an attempt are as good as none. */
const MIN_GAIN = 1 << 14;
const MAX_REDIRECTS = 10;

export const DEFAULT_PATIENCE: Patience = {
  attempts: 4,
  stallSeconds: 30,
  async sleep(seconds, signal) {
    await delay(seconds * 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
};

/** Waits 0.5, 1, 2, ... seconds after failures that may pass. Throws the last attempt's TransferError, or the signal's reason. */
export async function transfer(
  url: string,
  part: PartialFile,
  { attempts, sleep, ...options }: Patience & Omit<ReceiveOptions, "stallSeconds">,
): Promise<void> {
  const progress = () => part.originAt(url) ? part.size : 0;
  let furthest = progress();
  for (let failures = 0; !part.isComplete(url);) {
    try {
      await receive(url, part, options);
      return;
    } catch (error) {
      if (!(error instanceof TransferError) || error.kind === "permanent") throw error;
      // A server that breaks off again and again still brings the file, so only attempts without gain count.
      failures = progress() >= furthest + MIN_GAIN ? 1 : failures + 1;
      furthest = Math.max(furthest, progress());
      if (failures >= attempts) {
        const { reason } = error;
        const tried = say((t) => t.data.tried(reason[t.language], attempts));
        throw new TransferError("transient", tried, { cause: error });
      }
    }
    await sleep(0.5 * 2 ** (failures - 1), options.signal);
  }
}

interface ReceiveOptions {
  signal: AbortSignal;
  /** More bytes than this are not the file. */
  maxBytes: number;
  /** Seconds without a byte after which the attempt is given up. */
  stallSeconds: number;
  /** Told of the bytes here so far, and of those in all (null where the server does not say). */
  onProgress(bytes: number, total: number | null): void;
}

/**
 * One attempt to bring `part` to all that lies at `url`. It goes on where `part` ends, if the server can and its file has not changed, and
 * starts anew otherwise. Throws the signal's reason, or a TransferError; `part` then holds what came.
 */
async function receive(
  url: string,
  part: PartialFile,
  { signal, maxBytes, stallSeconds, onProgress }: ReceiveOptions,
): Promise<void> {
  const request = new AbortController();
  let stalled = false;

  /** Waits for the server, but not for ever; `explain` makes what fetch says the user's. */
  async function wait<Result>(
    answer: Promise<Result>,
    explain: (error: unknown) => TransferError,
  ): Promise<Result> {
    const timer = setTimeout(() => {
      stalled = true;
      request.abort();
    }, stallSeconds * 1000);
    try {
      return await answer;
    } catch (error) {
      signal.throwIfAborted();
      throw stalled ? transferError("transient", (t) => t.stalled(stallSeconds)) : explain(error);
    } finally {
      clearTimeout(timer);
    }
  }

  try {
    const headers = requestHeaders(part.originAt(url), part.size);
    const response = await wait(
      follow(url, { headers, signal: AbortSignal.any([signal, request.signal]) }),
      (error) => error instanceof TransferError ? error : connectionError(error),
    );
    const total = await acceptResponse(response, url, part);
    const reader = response.body?.getReader();
    onProgress(part.size, total);
    let [since, sizeThen] = [performance.now(), part.size];
    while (reader) {
      const { done, value } = await wait(
        reader.read(),
        (cause) => transferError("transient", (t) => t.lost(part.size, total), { cause }),
      );
      if (done) break;
      if (part.size === 0) refuseHtml(value);
      if (Math.max(total ?? 0, part.size + value.length) > maxBytes) await refuseLong(part, maxBytes, total);
      await part.append(value);
      const seconds = (performance.now() - since) / 1000;
      if (seconds >= stallSeconds) {
        if (part.size - sizeThen < MIN_BYTES_PER_SECOND * seconds && part.size !== total) {
          throw transferError("permanent", (t) => t.slow(MIN_BYTES_PER_SECOND));
        }
        [since, sizeThen] = [performance.now(), part.size];
      }
      onProgress(part.size, total);
    }
    if (total === null) onProgress(part.size, part.size);
    else if (part.size !== total) {
      throw transferError("transient", (t) => t.ended(part.size, total));
    }
  } finally {
    // Lets go of the connection on every way out.
    request.abort();
  }
}

/** As fetch() follows redirections, but a circle ends where it closes, and does not come right by being asked again. */
async function follow(url: string, init: RequestInit): Promise<Response> {
  const seen = new Set<string>();
  for (let place = url;;) {
    seen.add(place);
    const response = await fetch(place, { ...init, redirect: "manual" });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, place) ? new URL(location, place) : null;
    if (next === null || !/^https?:$/.test(next.protocol)) {
      throw transferError("permanent", (t) => t.redirectsAway);
    }
    place = next.href;
    if (seen.has(place)) throw transferError("permanent", (t) => t.redirectsInCircle);
    if (seen.size > MAX_REDIRECTS) {
      throw transferError("permanent", (t) => t.manyRedirects(MAX_REDIRECTS));
    }
  }
}

/** What came is no beginning of the file. */
async function refuseLong(part: PartialFile, maxBytes: number, total: number | null): Promise<never> {
  await part.restart(null);
  throw transferError("permanent", (t) => t.longTransfer(maxBytes, total));
}

function requestHeaders(origin: PartOrigin | null, size: number): Record<string, string> {
  // Unasked, servers and fetch may compress on the way, and then neither lengths nor ranges are the file's.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (origin) {
    headers["range"] = `bytes=${size}-`;
    if (origin.etag !== null) headers["if-range"] = origin.etag;
  }
  return headers;
}

/** Returns the bytes in all, null if unknown; throws a TransferError where the response is of no use. */
async function acceptResponse(response: Response, url: string, part: PartialFile): Promise<number | null> {
  const origin = part.originAt(url);
  const { status, headers } = response;
  if (status === 200) {
    const total = wholeNumber(headers.get("content-length"));
    const etag = headers.get("etag");
    await part.restart({ url, total, etag: etag?.startsWith('"') ? etag : null });
    return total;
  }
  if (status === 206 && origin) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
    if (wholeNumber(start) === part.size && [null, wholeNumber(total)].includes(origin.total)) {
      return wholeNumber(total);
    }
  }
  if (origin && (status === 206 || status === 416)) {
    // What is here does not fit what is there: the next attempt starts anew.
    await part.restart(null);
    throw transferError("transient", (t) => t.notResumed);
  }
  const transient = status === 408 || status === 425 || status === 429 || status >= 500;
  throw new TransferError(
    transient ? "transient" : "permanent",
    `HTTP ${status} ${response.statusText}`.trimEnd(),
  );
}

function wholeNumber(text: string | null | undefined): number | null {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
