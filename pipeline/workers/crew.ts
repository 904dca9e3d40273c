/** What runs in a worker. */
const MODULE = new URL("./worker.ts", import.meta.url);

/** Hires a worker, without any permission, of another module than worker.ts where one is given. */
export function hireWorker(module = MODULE): Worker {
  return new Worker(module, { type: "module", deno: { permissions: "none" } });
}

/**
 * Workers that are hired before there are data for them: they load their modules meanwhile, 0.1 s on a core that has nothing else to do. Those
 * that nobody took end when it is disposed.
 */
export class Crew implements Disposable {
  readonly #waiting: Worker[] = [];
  #gathered = false;

  /** Hires that many, the first time that it is called. */
  gather(count: number): void {
    if (this.#gathered) return;
    this.#gathered = true;
    for (let i = 0; i < count; i++) this.#waiting.push(hireWorker());
  }

  /** One that waits; null where none does. */
  take(): Worker | null {
    return this.#waiting.shift() ?? null;
  }

  [Symbol.dispose](): void {
    for (const worker of this.#waiting.splice(0)) worker.terminate();
  }
}
