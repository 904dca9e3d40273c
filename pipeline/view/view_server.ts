import { type Language, LANGUAGES } from "../../src/text/language.ts";
import { renderList } from "../../src/view/list/document.tsx";
import { delay } from "../system/delay.ts";
import { Bell, eventStream, type StreamMessage } from "./event_stream.ts";
import type { Experiments } from "./experiments.ts";
import { checkRequest, type GateOptions, HEADERS, page, refuse } from "./gate.ts";
import { type Followed, FollowedPages } from "./followed_pages.ts";
import { missing } from "./missing.ts";
import { GradesPages } from "./grades/grades_pages.ts";
import { otherPage } from "./other_pages.ts";
import type { Pictures } from "./pictures.ts";

/** So many pages may follow at once. */
const MAX_STREAMS = 100;

interface ViewOptions {
  readonly experiments: Experiments;
  readonly pictures: Pictures;
  /** Whether folders of grades are shown, in which students are named. */
  readonly grades: boolean;
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
  /** Pages that follow one folder or several, and the bells of those that are open. */
  readonly #pages = new FollowedPages();
  readonly #followers = new Set<{ readonly ids: readonly string[]; readonly bell: Bell }>();
  readonly #grades: GradesPages;
  /** Aborted when the last stream has said its farewell. */
  readonly #silence = new AbortController();
  #streams = 0;

  constructor(options: ViewOptions) {
    this.#options = options;
    const { experiments, grades } = options;
    this.#grades = new GradesPages(() => grades ? experiments.grades : []);
  }

  /** Those that pages follow. */
  get followed(): string[] {
    return [...new Set([...this.#bells.keys(), ...[...this.#followers].flatMap(({ ids }) => ids)])];
  }

  get streams(): number {
    return this.#streams;
  }

  /** Wakes the streams of the list, and of an experiment or of all. */
  ring(id?: string): void {
    if (id === undefined) this.#listBell.ring();
    for (const [each, { bell }] of this.#bells) if (id === undefined || each === id) bell.ring();
    for (const { ids, bell } of this.#followers) if (id === undefined || ids.includes(id)) bell.ring();
  }

  /** Ends the streams as they come to their ends; resolves when all have, or after so many milliseconds. */
  async sayFarewell(ms: number): Promise<void> {
    this.ring();
    if (this.#streams > 0) await delay(ms, this.#silence.signal);
  }

  async answer(request: Request, gate: GateOptions): Promise<Response> {
    const refusal = checkRequest(request, gate);
    const { pathname, searchParams } = new URL(request.url);
    if (refusal !== null && !(refusal.status === 401 && this.#grades.isKeyed(pathname))) return refusal;
    const language = LANGUAGES.find((each) => each === searchParams.get("lang")) ?? this.#options.language;
    if (pathname === "/") return this.#list(language);
    if (pathname === "/stream") return this.#listStream(lastId(request, searchParams), language);
    const [, id, end] = /^\/e\/([0-9a-f]{12})\/(stream)?$/.exec(pathname) ?? [];
    if (id === undefined) {
      const grades = await this.#grades.answer(pathname, language);
      if (grades !== null) return grades;
      const { experiments } = this.#options;
      const other = otherPage(pathname, { params: searchParams, experiments, language });
      if (other === null) return missing("page", language);
      if ("answer" in other) return await other.answer();
      return other.isStream
        ? this.#followedStream(other.followed, lastId(request, searchParams))
        : await this.#followed(other.followed);
    }
    if (end === "stream") {
      return this.#experimentStream(id, { language, last: lastId(request, searchParams) });
    }
    return await this.#experiment(id, language);
  }

  #list(language: Language): Response {
    const { experiments } = this.#options;
    const { html, policy } = renderList(
      { language, id: this.#listId, news: experiments.since(null) },
      { grades: this.#grades.count },
    );
    return page(html, policy);
  }

  get #listId(): string {
    return `${this.#boot}.${this.#options.experiments.generation}`;
  }

  #listStream(last: string | null, language: Language): Response {
    const { experiments, pictures } = this.#options;
    // The list is there by now. What cannot be drawn is told by its own page.
    pictures.prepare(experiments.folders, language).catch(() => {});
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
    if (folder === undefined) return missing("experiment", language);
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

  async #followed(followed: Followed): Promise<Response> {
    const drawn = await this.#pages.page(followed);
    return drawn === null ? missing("run", followed.language) : page(drawn.html, drawn.policy);
  }

  #followedStream(followed: Followed, last: string | null): Response {
    const follower = { ids: followed.ids, bell: new Bell() };
    this.#followers.add(follower);
    return this.#stream(follower.bell, this.#pages.follow(followed, last), () => {
      this.#followers.delete(follower);
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
