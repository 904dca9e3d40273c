/// <reference lib="dom" />
import type { Language } from "../text/language.ts";

/** A connection that could not be made is tried again after so long; one that broke, the browser makes again itself. */
const AGAIN_MS = 1000;

/**
 * Follows a stream of the server from where the page stands, for as long as the page is open.
 * @param from the id of what the page shows
 * @param onNews called with what each message says
 * @param onState called with whether the server is there
 */
export function followNews<News>(
  path: string,
  { from, language, onNews, onState }: {
    from: string;
    language: Language;
    onNews(news: News): void;
    onState(connected: boolean): void;
  },
): void {
  let last = from;
  const connect = () => {
    const source = new EventSource(`${path}?lang=${language}&from=${encodeURIComponent(last)}`);
    source.onopen = () => onState(true);
    source.onmessage = ({ data, lastEventId }) => {
      last = lastEventId;
      onNews(JSON.parse(data));
    };
    source.onerror = () => {
      onState(false);
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(connect, AGAIN_MS);
    };
  };
  connect();
}
