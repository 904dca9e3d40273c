import type { Language } from "../../src/text/language.ts";
import { delay } from "../system/delay.ts";
import { LANGUAGES } from "../../src/text/language.ts";
import { renderList } from "../../src/view/list/document.tsx";
import { Bell, eventStream, type StreamMessage } from "./event_stream.ts";
import type { Experiments } from "./experiments.ts";
import { checkRequest, type GateOptions, HEADERS, refuse } from "./gate.ts";
import type { Pictures } from "./pictures.ts";

/** So many pages may follow at once. */
const MAX_STREAMS = 100;

interface ViewOptions {
  readonly experiments: Experiments;
  readonly pictures: Pictures;
  /** Of pages that are asked for without one. */
  readonly language: Language;
  /** Ends what is open. */
  readonly signal: AbortSignal;
  /** After it, streams that have told everything say that nothing is to come, and end; null where none ever does. */
  readonly farewell: AbortSignal | null;
}

/** Answers what browsers ask of the viewer: pages that it makes, and streams of what changes on them. No file is ever served. */
export class ViewServer {
  readonly #options: ViewOptions;
  /** Tells this server's generations from those of one before it. */
  readonly #boot = crypto.randomUUID().slice(0, 8);
  /** Rings when the list has changed, and by experiment. */
  readonly #listBell = new Bell();
  readonly #bells = new Map<string, { bell: Bell; streams: number }>();
  #streams = 0;

  constructor(options: ViewOptions) {
    this.#options = options;
  }

  /** Those that pages follow. */
  get followed(): string[] {
    return [...this.#bells.keys()];
  }

  get streams(): number {
    return this.#streams;
  }

  /** Wakes the streams of the list, and of an experiment or of all. */
  ring(id?: string): void {
    if (id === undefined) this.#listBell.ring();
    for (const [each, { bell }] of this.#bells) if (id === undefined || each === id) bell.ring();
  }

  /** Ends the streams as they come to their ends; resolves when all have, or after so many milliseconds. */
  async sayFarewell(ms: number): Promise<void> {
    this.ring();
    if (this.#streams > 0) await delay(ms, this.#silence.signal);
  }

  readonly #silence = new AbortController();

  async answer(request: Request, gate: GateOptions): Promise<Response> {
    const refusal = checkRequest(request, gate);
    if (refusal !== null) return refusal;
    const { pathname, searchParams } = new URL(request.url);
    const language = LANGUAGES.find((each) => each === searchParams.get("lang")) ?? this.#options.language;
    if (pathname === "/") return this.#list(language);
    if (pathname === "/stream") return this.#listStream(lastId(request, searchParams));
    const [, id, end] = /^\/e\/([0-9a-f]{12})\/(stream)?$/.exec(pathname) ?? [];
    if (id === undefined) return refuse(404, "There is no such page.");
    if (end === "stream") {
      return this.#experimentStream(id, { language, last: lastId(request, searchParams) });
    }
    return await this.#experiment(id, language);
  }

  #list(language: Language): Response {
    const { experiments } = this.#options;
    const { html, policy } = renderList({ language, id: this.#listId, news: experiments.since(null) });
    return page(html, policy);
  }

  get #listId(): string {
    return `${this.#boot}.${this.#options.experiments.generation}`;
  }

  #listStream(last: string | null): Response {
    const { experiments } = this.#options;
    const [boot, generation] = last?.split(".") ?? [];
    let at = boot === this.#boot && /^\d{1,15}$/.test(generation) ? Number(generation) : null;
    return this.#stream(this.#listBell, () => {
      if (at === experiments.generation) return null;
      const news = experiments.since(at);
      at = experiments.generation;
      return { id: this.#listId, data: JSON.stringify(news) };
    });
  }

  async #experiment(id: string, language: Language): Promise<Response> {
    const folder = this.#options.experiments.get(id);
    if (folder === undefined) return refuse(404, "There is no such experiment, or no longer.");
    const { html, policy } = await this.#options.pictures.page(folder, language);
    return page(html, policy);
  }

  #experimentStream(id: string, { language, last }: { language: Language; last: string | null }): Response {
    const { experiments, pictures } = this.#options;
    const followed = this.#bells.get(id) ?? { bell: new Bell(), streams: 0 };
    this.#bells.set(id, followed);
    followed.streams++;
    const follower = pictures.follow(language, last);
    return this.#stream(followed.bell, () => follower.next(experiments.get(id)), () => {
      if (--followed.streams === 0) this.#bells.delete(id);
    });
  }

  #stream(
    bell: Bell,
    next: () => StreamMessage | null | Promise<StreamMessage | null>,
    onEnd = () => {},
  ): Response {
    if (this.#streams >= MAX_STREAMS) {
      onEnd();
      return refuse(503, `More than ${MAX_STREAMS} pages are open: close some.`, { "retry-after": "5" });
    }
    this.#streams++;
    const end = () => {
      this.#streams--;
      onEnd();
      if (this.#streams === 0 && this.#options.farewell?.aborted) this.#silence.abort();
    };
    const { signal, farewell } = this.#options;
    return new Response(eventStream(next, { bell, ended: signal, farewell, onEnd: end }), {
      headers: { ...HEADERS, "content-type": "text/event-stream; charset=utf-8" },
    });
  }
}

/** From where a stream goes on: what a browser says that connects again, or what the page was made from. */
function lastId(request: Request, params: URLSearchParams): string | null {
  return request.headers.get("last-event-id") ?? params.get("from");
}

function page(html: string, policy: string): Response {
  return new Response(html, {
    headers: { ...HEADERS, "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
  });
}
