/// <reference lib="dom" />
import { WORKER_ID } from "../../data.ts";
import type { Answer, Request } from "./protocol.ts";

type Framed = Extract<Answer, { kind: "frame" }>;
type Asked = Request extends infer R ? R extends Request ? Omit<R, "id"> : never : never;

/** The worker that trains, as a page asks it: a promise for each request. */
export class TrainingClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve(answer: Framed): void; reject(error: Error): void }>();
  #last = 0;

  /** Starts the worker whose program is in the lab's file. */
  constructor() {
    const program = document.getElementById(WORKER_ID)?.textContent ?? "";
    const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    this.#worker = new Worker(url);
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.kind === "frame") waiting?.resolve(data);
      else waiting?.reject(new Error(data.message));
    });
    this.#worker.addEventListener("error", ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(message));
      this.#waiting.clear();
    });
  }

  /** Rejects with the worker's words where it cannot do it. */
  ask(request: Asked): Promise<Framed> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** The smallest module with a SIMD operation: the engine's has hundreds. */
const SIMD = new Uint8Array([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 5, 1, 96, 0, 1, 123],
  ...[3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
]);

/** Whether the engine can run here. */
export function hasSimd(): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(SIMD);
}
