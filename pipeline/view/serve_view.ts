import type { Language } from "../../src/text/language.ts";
import { delay } from "../system/delay.ts";
import { shortPath } from "../system/place.ts";
import { serveLocal } from "../system/serve_local.ts";
import { Experiments } from "./experiments.ts";
import { Pictures } from "./pictures.ts";
import { ViewServer } from "./view_server.ts";

/** How often all folders are looked at, and those that a page follows. */
const LOOK_MS = 1000;
const FOLLOW_MS = 100;
/** How often pages hear of what changes with the time alone, and get a picture that was too soon to draw. */
const TICK_MS = 500;
/** Of the server's time, looking takes no more than a fiftieth: what it looks at may be a sweep, which has other use for the processor. */
const SHARE = 50;
/** So long pages that follow may take to hear how a sweep ended. */
const FAREWELL_MS = 3000;

interface ServeViewOptions {
  readonly folders: readonly string[];
  /** From which a path is named where it is shown. */
  readonly cwd: string;
  /** `127.0.0.1`, or `0.0.0.0` for other machines too, which takes a token. */
  readonly hostname: string;
  readonly token: string | null;
  /** Whether folders of grades are shown. */
  readonly grades: boolean;
  readonly port: number;
  readonly language: Language;
  readonly signal: AbortSignal;
  /** Whose viewer it is: it ends with the sweep, after its pages have been told how that ended. */
  readonly sweep?: { readonly out: string; readonly ended: AbortSignal };
  readonly onListen: (address: { readonly port: number }) => Promise<void>;
}

/** Serves what is running and what has been below some folders, until the signal. It only reads. */
export async function serveView(
  { folders, cwd, hostname, token, grades, port, language, signal, sweep, onListen }: ServeViewOptions,
): Promise<void> {
  const experiments = new Experiments(folders, (path) => shortPath(path, cwd));
  await experiments.look();
  const end = new AbortController();
  const closing = new AbortController();
  const over = AbortSignal.any([signal, end.signal]);
  const view = new ViewServer({
    experiments,
    pictures: new Pictures(),
    grades,
    language,
    signal: over,
    farewell: sweep?.ended ?? null,
  });
  let at = port;
  const served = serveLocal({
    what: { en: "the view", ja: "ビューア" },
    hostname,
    port,
    signal: over,
    closing: closing.signal,
    async onListen(address) {
      at = address.port;
      await onListen(address);
    },
  }, (request) => view.answer(request, { token, port: at }));
  const looking = lookOn(experiments, view, sweep ? AbortSignal.any([over, sweep.ended]) : over)
    .then(async () => {
      if (over.aborted || sweep === undefined) return;
      await experiments.lookLast(sweep.out);
      await view.sayFarewell(FAREWELL_MS);
      // What was said last is on its way still.
      closing.abort();
    });
  await Promise.all([served, looking]).finally(() => end.abort());
}

/** Looks at everything each second, and more often at what pages follow. */
async function lookOn(experiments: Experiments, view: ViewServer, signal: AbortSignal): Promise<void> {
  let nextLook = performance.now() + LOOK_MS;
  let nextTick = 0;
  while (!signal.aborted) {
    const start = performance.now();
    let more = false;
    const tick = start >= nextTick;
    if (tick) nextTick = start + TICK_MS;
    for (const id of view.followed) {
      const folder = experiments.get(id);
      const before = folder?.version;
      if (await folder?.look()) more = true;
      if (tick || folder?.version !== before) view.ring(id);
    }
    if (start >= nextLook) {
      const { generation } = experiments;
      await experiments.look();
      if (experiments.generation !== generation) view.ring();
      nextLook = start + Math.max(LOOK_MS, SHARE * (performance.now() - start));
    }
    const taken = performance.now() - start;
    await delay(more ? 1 : Math.max(FOLLOW_MS, Math.min(LOOK_MS, (SHARE - 1) * taken)), signal);
  }
}
