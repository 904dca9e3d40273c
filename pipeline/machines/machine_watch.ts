import { delay } from "../system/delay.ts";
import type { Exchange } from "./exchange.ts";
import { keyText, type RunKey } from "./names.ts";
import { type Beat, beatSchema } from "./schemas.ts";

/** How often a machine says that it is there. */
export const BEAT_MS = 3000;
/** After so many that did not come, a machine is silent. */
const MISSED = 3;
const SILENT_MS = (MISSED + 0.5) * BEAT_MS;

export interface SeenMachine {
  readonly beat: Beat;
  readonly silent: boolean;
  /** Seconds since it was last heard of. */
  readonly seconds: number;
}

/** Every machine that was heard of in the last hour, by name; by the server's clock alone. */
export async function seenMachines(exchange: Exchange): Promise<SeenMachine[]> {
  const { now, messages } = await exchange.machines();
  const machines = messages.flatMap(({ data, time }) => {
    const beat = parseBeat(data);
    if (beat === null) return [];
    const seconds = Math.max(0, now - time) / 1000;
    return [{ beat, seconds, silent: 1000 * seconds > SILENT_MS }];
  });
  return machines.sort((a, b) => a.beat.name < b.beat.name ? -1 : 1);
}

/** Whether a machine says that it trains a run: one that does is heard of before it would be silent. */
export async function isTrained(exchange: Exchange, key: RunKey, signal: AbortSignal): Promise<boolean> {
  const heard = new AbortController();
  const unfollow = exchange.followMachines((data) => {
    if (parseBeat(data)?.runs.includes(keyText(key))) heard.abort();
  }, () => {});
  await delay(SILENT_MS, signal, heard.signal);
  unfollow();
  signal.throwIfAborted();
  return heard.signal.aborted;
}

interface Heard {
  beat: Beat;
  /** By this process's steady clock. */
  at: number;
  silent: boolean;
}

/** Listens to what machines say of themselves. */
export class MachineWatch implements Disposable {
  readonly #machines = new Map<string, Heard>();
  readonly #onChange: (change: "machines" | "rates") => void;
  readonly #exchange: Exchange;
  readonly #timer: ReturnType<typeof setInterval>;
  #asking = false;

  private constructor(exchange: Exchange, onChange: (change: "machines" | "rates") => void) {
    this.#exchange = exchange;
    this.#onChange = onChange;
    this.#timer = setInterval(() => void this.#look(), BEAT_MS / 3);
  }

  /** `onChange` is told when a machine comes, goes or falls silent, and, apart, when one tells something new. */
  static async start(
    exchange: Exchange,
    onChange: (change: "machines" | "rates") => void,
  ): Promise<MachineWatch> {
    const watch = new MachineWatch(exchange, onChange);
    exchange.followMachines((data) => watch.#hear(data), (id) => watch.#leave(id));
    const now = performance.now();
    for (const { beat, seconds, silent } of await seenMachines(exchange)) {
      if (!watch.#machines.has(beat.id)) {
        watch.#machines.set(beat.id, { beat, at: now - 1000 * seconds, silent });
      }
    }
    return watch;
  }

  get machines(): { readonly beat: Beat; readonly silent: boolean }[] {
    return [...this.#machines.values()];
  }

  #hear(data: Uint8Array): void {
    const beat = parseBeat(data);
    if (beat === null) return;
    const former = this.#machines.get(beat.id);
    this.#machines.set(beat.id, { beat, at: performance.now(), silent: false });
    this.#onChange(former === undefined || former.silent ? "machines" : "rates");
  }

  #leave(id: string): void {
    if (this.#machines.delete(id)) this.#onChange("machines");
  }

  /** The connection was lost and is there again: that nothing was heard meanwhile says nothing of the machines. */
  connectedAgain(): void {
    const now = performance.now();
    for (const heard of this.#machines.values()) if (!heard.silent) heard.at = now;
  }

  async #look(): Promise<void> {
    if (this.#asking || this.#silentNow().length === 0) return;
    this.#asking = true;
    try {
      // Who is cut off hears nobody: the server has to answer first, and what it had comes before its answer.
      await this.#exchange.connection.flush();
      const silent = this.#silentNow();
      for (const heard of silent) heard.silent = true;
      if (silent.length > 0) this.#onChange("machines");
    } catch {
      // It is looked again when the connection is there again.
    } finally {
      this.#asking = false;
    }
  }

  /** Those that have just fallen silent, as far as is heard here. */
  #silentNow(): Heard[] {
    const now = performance.now();
    return [...this.#machines.values()].filter(({ at, silent }) => !silent && now - at > SILENT_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

function parseBeat(data: Uint8Array): Beat | null {
  try {
    const { success, data: beat } = beatSchema.safeParse(JSON.parse(new TextDecoder().decode(data)));
    return success ? beat : null;
  } catch {
    return null;
  }
}
