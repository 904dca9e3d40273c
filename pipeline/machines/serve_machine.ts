import { randomUUID } from "node:crypto";
import { loadKernels } from "../../src/nn/kernels.ts";
import { checkKernels } from "../workers/open_pool.ts";
import { say } from "../messages/messages.ts";
import { Store } from "../store/store.ts";
import type { Access, Tell } from "./connect.ts";
import { Exchange } from "./exchange.ts";
import { FORMAT } from "./agreement.ts";
import { MachineAtWork, type MachineWork } from "./machine.ts";
import { BEAT_MS } from "./machine_watch.ts";
import { keyText } from "./names.ts";
import type { Beat } from "./schemas.ts";

/** How many beats throughput looks back. */
const LOOKED_BACK = 10;

/** What a machine says of itself while it works. */
class Beats {
  readonly #exchange: Exchange;
  readonly #machine: MachineAtWork;
  readonly #who: { id: string; name: string };
  readonly #timer: ReturnType<typeof setInterval>;
  /** Rows that were trained, at each of the latest beats. */
  #samples: { at: number; rows: number }[] = [];

  constructor(exchange: Exchange, machine: MachineAtWork, who: { id: string; name: string }) {
    this.#exchange = exchange;
    this.#machine = machine;
    this.#who = who;
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
    this.#beat();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#exchange.beat(this.#who.id, "");
  }

  #beat(): void {
    const { rows, doing } = this.#machine;
    this.#samples = [...this.#samples, { at: performance.now(), rows }].slice(-LOOKED_BACK);
    const [first] = this.#samples;
    const seconds = (performance.now() - first.at) / 1000;
    const beat: Beat = {
      format: FORMAT,
      ...this.#who,
      workers: doing.length,
      core: this.#exchange.core,
      versions: { ...Deno.version },
      images_per_second: seconds > 0 ? Math.round((rows - first.rows) / seconds) : 0,
      full: this.#exchange.full,
      runs: doing.flatMap((run) => run === null ? [] : keyText(run.key)),
      doing: doing.map((run) => run && { label: run.label, epoch: run.epoch, epochs: run.epochs }),
    };
    this.#exchange.beat(this.#who.id, JSON.stringify(beat));
  }
}

export interface MachineOptions extends MachineWork {
  readonly access: Access;
  /** Where data sets are kept that came from the server. */
  readonly folder: string;
}

/** Works for whoever sweeps over the server, until the signal is aborted; what is under way then is given back. */
export async function serveMachine(
  { access, folder, ...work }: MachineOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<void> {
  const { name, workers } = work;
  // A machine of wrong bits would let every run of the queue fail.
  checkKernels(await loadKernels());
  const store = await Store.open(folder);
  // What is given back at the end still needs the connection.
  const ended = new AbortController();
  const stop = () => ended.abort(signal.reason);
  signal.addEventListener("abort", stop);
  let atWork: MachineAtWork | undefined;
  await using exchange = await Exchange.open(access, {
    wait: true,
    signal: ended.signal,
    tell,
    onReconnect: () => atWork?.connectedAgain(),
  });
  const id = `${name.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 60)}-${randomUUID().slice(0, 8)}`;
  // From now on what is under way is given back, over the connection.
  signal.removeEventListener("abort", stop);
  const machine = atWork = new MachineAtWork(work, { exchange, store, id, signal, tell });
  tell(say((t) => t.machines.working(name, workers, access.address.shown)));
  const beats = new Beats(exchange, machine, { id, name });
  try {
    await machine.work();
  } finally {
    beats.end();
    ended.abort();
  }
}
