import { delay } from "../system/delay.ts";

/** A message of a stream of server-sent events. */
export interface StreamMessage {
  /** From which a reconnection goes on. */
  readonly id: string;
  /** One line. */
  readonly data: string;
}

/** So often a stream says that it is alive, by which a connection that is gone is found out. */
const BEAT_MS = 15_000;
/** How soon a browser connects again. */
const RETRY_MS = 1000;

/** Wakes those who wait for news. */
export class Bell {
  readonly #waiting = new Set<AbortController>();

  ring(): void {
    for (const waiter of this.#waiting) waiter.abort();
  }

  /** Resolves when it rings, after so many milliseconds, or when the signal aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    const rung = new AbortController();
    this.#waiting.add(rung);
    await delay(ms, rung.signal, signal);
    this.#waiting.delete(rung);
  }
}

/**
 * A stream of messages, each made when the client can take it: who is slow gets fewer, and nothing waits for him in memory.
 * @param next what there is to say now; null is nothing, and it is asked again when the bell rings
 */
export function eventStream(
  next: () => StreamMessage | null | Promise<StreamMessage | null>,
  { bell, ended, farewell, onEnd }: {
    bell: Bell;
    ended: AbortSignal;
    /** After it, and when there is nothing to say, `end` is said and no more. */
    farewell: AbortSignal | null;
    onEnd: () => void;
  },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const gone = new AbortController();
  const signal = AbortSignal.any([ended, gone.signal]);
  let begun = false;
  let open = true;
  const end = () => {
    if (open) onEnd();
    open = false;
  };
  // A stream that fails is not cancelled, but it has ended.
  const nextOrEnd = async () => {
    try {
      return await next();
    } catch (error) {
      end();
      throw error;
    }
  };
  return new ReadableStream({
    async pull(controller) {
      if (!begun) {
        begun = true;
        return controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
      }
      const beatAt = Date.now() + BEAT_MS;
      while (!signal.aborted) {
        const isLast = farewell?.aborted;
        const message = await nextOrEnd();
        if (signal.aborted) break;
        if (message !== null) {
          return controller.enqueue(encoder.encode(`id: ${message.id}\ndata: ${message.data}\n\n`));
        }
        if (isLast) {
          controller.enqueue(encoder.encode("event: end\ndata: \n\n"));
          break;
        }
        const left = beatAt - Date.now();
        if (left <= 0) return controller.enqueue(encoder.encode(": beat\n\n"));
        await bell.wait(left, signal);
      }
      end();
      if (!gone.signal.aborted) controller.close();
    },
    cancel() {
      gone.abort();
      end();
    },
  }, { highWaterMark: 0 });
}
