import { say } from "../messages/messages.ts";
import type { Tell } from "./connect.ts";
import type { Exchange } from "./exchange.ts";
import { keyText, type RunKey } from "./names.ts";
import type { Machine } from "./schemas.ts";
import { packState, publishState, type RunState } from "./states.ts";

/** What a run has come to on the way. */
export interface Checkpoint {
  readonly stage: number;
  readonly state: RunState;
}

/** What the objects of a run's checkpoints are named by, before their hash: they go with it, whoever else has the same bytes. */
export function prefixOf(key: RunKey): string {
  return `${keyText(key)}.`;
}

/**
 * The checkpoints of a job, published for whoever goes on when this machine dies: one after another and always the latest, so that what the
 * server has never goes back, and no more than one waits there for room.
 */
export class Checkpoints {
  readonly #exchange: Exchange;
  readonly #key: RunKey;
  readonly #machine: Machine;
  readonly #seconds: number;
  readonly #tell: Tell;
  #latest: Checkpoint | null = null;
  #stored = 0;
  #publishedAt = performance.now();
  /** The last publication that was begun or is to begin. */
  #publishing: Promise<void> = Promise.resolve();
  #isPublishing = false;
  readonly #inPassing = new AbortController();
  /** Names of all objects of checkpoints that may be on the server. */
  readonly #objects = new Set<string>();
  /** Told when a newer one is there. */
  onNewer: (() => void) | undefined;

  constructor(
    exchange: Exchange,
    { key, machine, seconds, tell }: {
      key: RunKey;
      machine: Machine;
      /** How often one is published, at most. */
      seconds: number;
      tell: Tell;
    },
  ) {
    this.#exchange = exchange;
    this.#key = key;
    this.#machine = machine;
    this.#seconds = seconds;
    this.#tell = tell;
  }

  /** The epoch of the one that the server has; 0 where it has none. */
  get stored(): number {
    return this.#stored;
  }

  /** Where the job begins. `objects` are those of a checkpoint that the server has; left out, it is none. */
  begin(from: Checkpoint, objects?: readonly string[]): void {
    this.#latest = from;
    if (objects === undefined) return;
    this.#stored = from.stage;
    for (const name of objects) this.#objects.add(name);
  }

  /** Takes a newer one, and publishes it in passing if the last one was long ago: what goes wrong with that costs work only when the machine dies. */
  add(checkpoint: Checkpoint): void {
    this.#latest = checkpoint;
    this.onNewer?.();
    if (this.#isPublishing || performance.now() - this.#publishedAt < 1000 * this.#seconds) return;
    const { signal } = this.#inPassing;
    this.publish(signal).catch((error) => {
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.#tell(say((t) => t.machines.notKept(this.#key.fingerprint.slice(0, 12), reason)));
    });
  }

  /** Publishes the latest one, when what was begun before has ended. Waits as Exchange.publish() does. */
  publish(patience: AbortSignal): Promise<void> {
    this.#publishing = Promise.allSettled([this.#publishing]).then(() => this.#publishLatest(patience));
    return this.#publishing;
  }

  async #publishLatest(patience: AbortSignal): Promise<void> {
    const latest = this.#latest;
    if (latest === null || latest.stage <= this.#stored) return;
    this.#isPublishing = true;
    this.#publishedAt = performance.now();
    try {
      const key = this.#key;
      const packed = packState(latest.state, { key, machine: this.#machine, prefix: prefixOf(key) });
      for (const name of packed.objects.keys()) this.#objects.add(name);
      const subject = this.#exchange.names.checkpoint(key);
      await publishState(this.#exchange, packed, { subject, patience });
      this.#stored = latest.stage;
      await this.#removeObjects((name) => !packed.objects.has(name));
    } finally {
      this.#isPublishing = false;
    }
  }

  /** Gives up what is published in passing; resolves when nothing is any more. */
  async stop(): Promise<void> {
    this.#inPassing.abort();
    await Promise.allSettled([this.#publishing]);
  }

  /** Removes what the server has, of a run that has ended. */
  async remove(): Promise<void> {
    const { names } = this.#exchange;
    if (this.#stored > 0) {
      await this.#exchange.remove(names.states, names.checkpoint(this.#key), { once: true });
    }
    await this.#removeObjects(() => true);
  }

  async #removeObjects(isGone: (name: string) => boolean): Promise<void> {
    await Promise.all(
      [...this.#objects].filter(isGone).map(async (name) => {
        await this.#exchange.removeObject(name);
        this.#objects.delete(name);
      }),
    );
  }
}
