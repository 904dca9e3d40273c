import type { Messages } from "../messages/messages.ts";
import type { Streams } from "../progress/streams.ts";

/** Opens a page in the browser, or says how to see it where that does not work. */
export async function showPage(
  page: string,
  { streams, t }: { streams: Pick<Streams, "stderr">; t: Messages },
): Promise<void> {
  const { openFile } = await import("../system/open_file.ts");
  if (!await openFile(page)) streams.stderr(`${t.note} ${t.noBrowser(page)}\n`);
}
