/// <reference lib="dom" />
import type { Language } from "../text/language.ts";

/** A connection that could not be made is tried again after so long; one that broke, the browser makes again itself. */
const AGAIN_MS = 1000;

/** Whether the server answers; `over`: it was a sweep's own, which has ended, and nothing is to come. */
export type Connection = "open" | "lost" | "over";

/**
 * Follows a stream of the server from where the page stands, for as long as the page is open. While nobody sees the page it lets go of the
 * stream: a browser has six connections for all the tabs of a server, and a seventh tab would wait for one for ever.
 * @param from the id of what the page shows
 * @param onNews called with what each message says
 * @param onState called when the connection is another
 */
export function followNews<News>(
  path: string,
  { from, language, onNews, onState }: {
    from: string;
    language: Language;
    onNews(news: News): void;
    onState(connection: Connection): void;
  },
): void {
  let last = from;
  let isOver = false;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    const opened = new EventSource(`${path}?lang=${language}&from=${encodeURIComponent(last)}`);
    source = opened;
    opened.onopen = () => onState("open");
    opened.onmessage = ({ data, lastEventId }) => {
      last = lastEventId;
      onNews(JSON.parse(data));
    };
    opened.addEventListener("end", () => {
      isOver = true;
      opened.close();
      onState("over");
    });
    opened.onerror = () => {
      onState("lost");
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(connect, AGAIN_MS);
    };
  };
  const follow = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
    if (!document.hidden && !isOver) connect();
  };
  document.addEventListener("visibilitychange", follow);
  follow();
}
