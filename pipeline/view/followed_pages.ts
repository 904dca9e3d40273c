import type { PageParts } from "../../src/report/page/render_page.tsx";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import type { Language } from "../../src/text/language.ts";
import { type Picture, pictureOf } from "../../src/view/experiment/document.tsx";
import { renderFollowed } from "../../src/view/followed/document.tsx";
import type { FollowedNews } from "../../src/view/followed/followed_data.ts";
import { chartScripts as readChartScripts } from "../report/chart_scripts.ts";
import type { StreamMessage } from "./event_stream.ts";
import { pictureNews, POLICY } from "./pictures.ts";

/** Such a page is drawn anew no sooner than so long after the last time, and takes no more than a tenth of the server's time. */
const PAUSE_MS = 500;
const SHARE = 10;
/** So many drawings are kept, for pages that look at the same. */
const MAX_KEPT = 8;

/** What a page follows: drawn from one folder or several, and again as they change. */
export interface Followed {
  /** Says which page it is, and in which language. */
  readonly key: string;
  readonly language: Language;
  /** Of its stream. */
  readonly path: string;
  /** Of the folders that it is drawn from. */
  readonly ids: readonly string[];
  /** What the folders hold now; null where one is gone. */
  version(): string | null;
  /** Null where there is nothing of the kind. */
  draw(): Promise<FollowedDrawing | null>;
}

export interface FollowedDrawing {
  readonly parts: PageParts;
  readonly top: Parameters<typeof renderFollowed>[0]["top"];
  readonly styles: readonly string[];
  /** Of what the page calls trials. */
  readonly timings: readonly TimingRow[];
}

interface Kept {
  readonly version: string;
  readonly drawing: FollowedDrawing;
  readonly picture: Picture;
  /** Before then it is not drawn again for a stream. */
  readonly until: number;
}

/** Pages of runs and of comparisons, kept up to date. */
export class FollowedPages {
  /** The latest last. */
  readonly #kept = new Map<string, Kept>();
  #scripts: ReturnType<typeof readChartScripts> | undefined;

  /** Null where there is nothing of the kind. */
  async page(followed: Followed): Promise<{ html: string; policy: string } | null> {
    const kept = await this.#draw(followed, { late: false });
    if (kept === null) return null;
    const html = renderFollowed({
      ...kept.drawing,
      chartScripts: await (this.#scripts ??= readChartScripts()),
      language: followed.language,
      stream: followed.path,
      from: kept.version,
    });
    return { html, policy: POLICY };
  }

  /** What a page is to be told, each time that it is asked; null where it shows what there is. @param last the id of what it shows */
  follow(followed: Followed, last: string | null): () => Promise<StreamMessage | null> {
    let shown: { version: string; picture: Picture | null } | null = last === null
      ? null
      : { version: last, picture: null };
    let gone = false;
    return async () => {
      const kept = await this.#draw(followed, { late: true });
      if (kept === null) {
        if (gone) return null;
        gone = true;
        const news: FollowedNews = { gone, picture: null };
        return { id: shown?.version ?? "", data: JSON.stringify(news) };
      }
      const { version, picture } = kept;
      if (shown?.version === version && !gone) return null;
      const changes = shown?.version === version ? "null" : pictureNews(shown?.picture ?? null, picture);
      shown = { version, picture };
      gone = false;
      return { id: version, data: `{"gone":false,"picture":${changes}}` };
    };
  }

  /** @param options.late whether the last drawing will do while it is too soon for another */
  async #draw(followed: Followed, { late }: { late: boolean }): Promise<Kept | null> {
    const version = followed.version();
    if (version === null) return null;
    const kept = this.#kept.get(followed.key);
    if (kept !== undefined && (kept.version === version || late && performance.now() < kept.until)) {
      return kept;
    }
    const start = performance.now();
    const drawing = await followed.draw();
    if (drawing === null) return null;
    const end = performance.now();
    const drawn = {
      version,
      drawing,
      picture: pictureOf(drawing.parts, drawing.timings),
      until: end + Math.max(PAUSE_MS, (SHARE - 1) * (end - start)),
    };
    this.#kept.delete(followed.key);
    this.#kept.set(followed.key, drawn);
    for (const first of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(first);
    }
    return drawn;
  }
}
