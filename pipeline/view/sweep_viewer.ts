import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Language, Texts } from "../../src/text/language.ts";

/** To the worker: what to serve, or that the sweep has ended. */
export type ViewerCall =
  | {
    readonly type: "serve";
    /** The sweep's results folder; what lies beside it is shown too. */
    readonly out: string;
    /** From which places are named. */
    readonly cwd: string;
    readonly language: Language;
  }
  | { readonly type: "end" };

/** From the worker: that it serves, that it cannot, or that every page has been told how the sweep ended. */
export type ViewerNews =
  | { readonly type: "served"; readonly address: string }
  | { readonly type: "failed"; readonly problem: Texts }
  | { readonly type: "ended" };

/** So long a sweep waits at its end for pages to be told; who has not heard by then sees what was known. */
const END_MS = 5000;

interface ViewerOptions {
  readonly out: string;
  readonly language: Language;
  readonly onServed: (address: string) => void;
  /** The sweep goes on without it. */
  readonly onFailure: (problem: Texts) => void;
}

/** Folders of all that it loads late, and of what charts run on. */
export const LIBRARY = ["../../src", "../../packages"].map((place) =>
  fileURLToPath(import.meta.resolve(place))
);

/**
 * A viewer beside a sweep, for as long as that runs. It has a worker of its own, which may read the folder of the results, its
 * neighbours, the project's library and its packages, serve this machine, and nothing else.
 */
export class SweepViewer implements AsyncDisposable {
  readonly #worker: Worker;
  /** Whether anybody may have its address. */
  #isSeen = false;
  readonly #over = Promise.withResolvers<void>();

  constructor({ out, language, onServed, onFailure }: ViewerOptions) {
    const whole = resolve(out);
    this.#worker = new Worker(import.meta.resolve("./viewer_worker.ts"), {
      type: "module",
      deno: {
        permissions: {
          read: [...neighbourhood(dirname(whole)), ...LIBRARY],
          net: ["127.0.0.1"],
          // Packages ask for variables; those of the task are the few that there are.
          env: "inherit",
        },
      },
    });
    const fail = (problem: Texts) => {
      this.#over.resolve();
      onFailure(problem);
    };
    this.#worker.onmessage = ({ data }: MessageEvent<ViewerNews>) => {
      if (data.type === "served") {
        this.#isSeen = true;
        onServed(data.address);
      }
      if (data.type === "failed") fail(data.problem);
      if (data.type === "ended") this.#over.resolve();
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      fail({ en: event.message, ja: event.message });
    };
    this.#call({ type: "serve", out: whole, cwd: Deno.cwd(), language });
  }

  /** The sweep has ended, however: pages are told so, and it ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isSeen) {
      this.#call({ type: "end" });
      const timer = setTimeout(() => this.#over.resolve(), END_MS);
      await this.#over.promise;
      clearTimeout(timer);
    }
    this.#worker.terminate();
  }

  #call(call: ViewerCall): void {
    this.#worker.postMessage(call);
  }
}

/** A folder as it is named, and as it is where a link leads to it. */
function neighbourhood(folder: string): string[] {
  try {
    return [folder, Deno.realPathSync(folder)];
  } catch {
    return [folder]; // it is to be made by the sweep
  }
}
