import { Experiments } from "../../../pipeline/view/experiments.ts";
import { Pictures } from "../../../pipeline/view/pictures.ts";
import { ViewServer } from "../../../pipeline/view/view_server.ts";

export const PORT = 8000;

/** A viewer of a folder that is asked without a network. */
export class AskedView implements Disposable {
  readonly experiments: Experiments;
  readonly server: ViewServer;
  readonly #end = new AbortController();
  readonly #farewell = new AbortController();
  readonly #token: string | null;

  private constructor(folder: string, token: string | null, grades: boolean) {
    this.experiments = new Experiments([folder], (path) => path);
    this.#token = token;
    this.server = new ViewServer({
      experiments: this.experiments,
      pictures: new Pictures(),
      grades,
      language: "en",
      signal: this.#end.signal,
      farewell: this.#farewell.signal,
    });
  }

  static async open(
    folder: string,
    { token = null, grades = token === null }: { token?: string | null; grades?: boolean } = {},
  ): Promise<AskedView> {
    const view = new AskedView(folder, token, grades);
    await view.experiments.look();
    return view;
  }

  ask(
    path: string,
    { headers = {}, method = "GET" }: { headers?: Record<string, string>; method?: string } = {},
  ): Promise<Response> {
    // What a browser or an attacker writes on the wire: Request would tidy the path up.
    const host = headers.host ?? `127.0.0.1:${PORT}`;
    const request = {
      method,
      url: `http://${host}${path}`,
      headers: new Headers({ host, ...headers }),
    } as Request;
    return this.server.answer(request, { token: this.#token, port: PORT });
  }

  /** Looks again, and tells those who follow. */
  async look(): Promise<void> {
    await this.experiments.look();
    this.server.ring();
  }

  /** As when the sweep ends whose viewer it is. */
  sayFarewell(): Promise<void> {
    this.#farewell.abort();
    return this.server.sayFarewell(1000);
  }

  [Symbol.dispose](): void {
    this.#end.abort();
  }
}

/** A stream's messages as they come. */
export class Messages implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = "";

  constructor(response: Response) {
    this.#reader = response.body!.getReader();
  }

  async next<News>(): Promise<{ id: string; news: News }> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        const found = /^id: (.*)\ndata: (.*)$/.exec(block);
        if (found) return { id: found[1], news: JSON.parse(found[2]) };
        continue;
      }
      const { value, done } = await this.#reader.read();
      if (done) throw new Error("the stream has ended");
      this.#text += new TextDecoder().decode(value);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
  }
}
