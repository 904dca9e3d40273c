import assert from "node:assert/strict";
import { followNews } from "../../src/view/news.ts";

/** A browser's side of a stream, as far as a page uses it. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static readonly opened: Source[] = [];
  readonly url: string;
  readyState = 1;
  onopen = () => {};
  onmessage = (_event: { data: string; lastEventId: string }) => {};
  onerror = () => {};

  constructor(url: string) {
    super();
    this.url = url;
    Source.opened.push(this);
  }

  close(): void {
    this.readyState = Source.CLOSED;
  }
}

Deno.test("a page that nobody sees lets go of its stream, takes it up from the last message when it is seen, and no more after its end", () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const kept = { EventSource: globalThis.EventSource, document: Reflect.get(globalThis, "document") };
  Object.assign(globalThis, { EventSource: Source, document: page });
  try {
    const told: unknown[] = [];
    const states: string[] = [];
    followNews<unknown>("/e/1/stream", {
      from: "a:0",
      language: "ja",
      onNews: (news) => told.push(news),
      onState: (state) => states.push(state),
    });
    const show = (shown: boolean) => {
      page.hidden = !shown;
      page.dispatchEvent(new Event("visibilitychange"));
    };
    const open = () =>
      Source.opened.filter(({ readyState }) => readyState !== Source.CLOSED).map(({ url }) => url);
    assert.deepEqual(open(), ["/e/1/stream?lang=ja&from=a%3A0"]);
    Source.opened[0].onmessage({ data: "7", lastEventId: "a:9" });
    show(false);
    assert.deepEqual(open(), []);
    show(true);
    assert.deepEqual(open(), ["/e/1/stream?lang=ja&from=a%3A9"]);
    assert.deepEqual(told, [7]);
    Source.opened[1].dispatchEvent(new Event("end"));
    show(false);
    show(true);
    assert.deepEqual(open(), []);
    assert.deepEqual(states, ["over"]);
  } finally {
    Object.assign(globalThis, kept);
  }
});
