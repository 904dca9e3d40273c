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
/** Of the server's time, looking takes no more than a tenth. */
const SHARE = 10;

interface ServeViewOptions {
  readonly folders: readonly string[];
  /** `127.0.0.1`, or `0.0.0.0` for other machines too, which takes a token. */
  readonly hostname: string;
  readonly token: string | null;
  readonly port: number;
  readonly language: Language;
  readonly signal: AbortSignal;
  readonly onListen: (address: { readonly port: number }) => Promise<void>;
}

/** Serves what is running and what has been below some folders, until the signal. It only reads. */
export async function serveView(
  { folders, hostname, token, port, language, signal, onListen }: ServeViewOptions,
): Promise<void> {
  const experiments = new Experiments(folders, shortPath);
  await experiments.look();
  const view = new ViewServer({ experiments, pictures: new Pictures(), language, signal });
  let at = port;
  const served = serveLocal({
    what: { en: "the view", ja: "ビューア" },
    hostname,
    port,
    signal,
    async onListen(address) {
      at = address.port;
      await onListen(address);
    },
  }, (request) => view.answer(request, { token, port: at }));
  const looking = lookOn(experiments, view, signal);
  await Promise.all([served, looking]);
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
