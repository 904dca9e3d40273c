import { withoutControls } from "../../src/text/controls.ts";
import type { Texts } from "../../src/text/language.ts";
import type { Messages } from "../messages/messages.ts";
import type { Streams } from "./streams.ts";

/** What tells of a warning, in English or also in Japanese, on standard error: of a command that has no progress to show. */
export function warner(
  streams: Streams,
  t: Messages,
  { keepLines = false }: { keepLines?: boolean } = {},
): (message: string, ja?: string) => void {
  return (message, ja = message) => {
    const text = withoutControls(t.language === "ja" ? ja : message, { keepLines });
    streams.stderr(`${t.warning} ${text}\n`);
  };
}

/** Tells what is to be known of what a command prints. */
export function tellNotes(
  streams: Pick<Streams, "stderr">,
  t: Messages,
  notes: readonly Texts[],
): void {
  for (const text of notes) streams.stderr(`${t.note} ${withoutControls(text[t.language])}\n`);
}

/** Tells notes of a command that shows no progress. */
export function teller(streams: Pick<Streams, "stderr">, { language }: Messages): (text: Texts) => void {
  return (text) => streams.stderr(`${withoutControls(text[language])}\n`);
}
