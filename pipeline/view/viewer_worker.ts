/// <reference lib="deno.worker" />
// The viewer of a sweep, in a worker: see SweepViewer.

import { dirname } from "node:path";
import { serveView } from "./serve_view.ts";
import type { ViewerCall, ViewerNews } from "./sweep_viewer.ts";
import { problemOf } from "./problem.ts";

/** That of `deno task view`. */
const PORT = 8000;

const ended = new AbortController();

self.onmessage = async ({ data }: MessageEvent<ViewerCall>) => {
  if (data.type === "end") return ended.abort();
  const { out, cwd, language } = data;
  try {
    await serveView({
      folders: [dirname(out)],
      cwd,
      hostname: "127.0.0.1",
      token: null,
      grades: false,
      port: PORT,
      language,
      signal: new AbortController().signal,
      sweep: { out, ended: ended.signal },
      onListen({ port }) {
        tell({ type: "served", address: `http://127.0.0.1:${port}/` });
        return Promise.resolve();
      },
    });
    tell({ type: "ended" });
  } catch (error) {
    tell({ type: "failed", problem: problemOf(error) });
  }
};

function tell(news: ViewerNews): void {
  self.postMessage(news);
}
