import type { PageParts } from "../../src/report/page/render_page.tsx";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import type { Language } from "../../src/text/language.ts";
import { type Picture, pictureOf } from "../../src/view/experiment/document.tsx";
import { renderFollowed } from "../../src/view/followed/document.tsx";
import type { FollowedNews } from "../../src/view/followed/followed_data.ts";
import { chartScripts } from "../report/chart_scripts.ts";
import { Drawings, type Drawn } from "./drawings.ts";
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

interface PageDrawing {
  readonly drawing: FollowedDrawing;
  readonly picture: Picture;
}

/** Pages of runs and of comparisons, kept up to date. */
export class FollowedPages {
  readonly #drawings = new Drawings<PageDrawing>({
    most: MAX_KEPT,
    pause: (milliseconds) => Math.max(PAUSE_MS, (SHARE - 1) * milliseconds),
  });

  /** Null where there is nothing of the kind. */
  async page(followed: Followed): Promise<{ html: string; policy: string } | null> {
    const drawn = await this.#draw(followed, { late: false });
    if (drawn === null) return null;
    const html = renderFollowed({
      ...drawn.drawing.drawing,
      chartScripts: await chartScripts(),
      language: followed.language,
      stream: followed.path,
      from: drawn.version,
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
      const drawn = await this.#draw(followed, { late: true });
      if (drawn === null) {
        if (gone) return null;
        gone = true;
        const news: FollowedNews = { gone, picture: null };
        return { id: shown?.version ?? "", data: JSON.stringify(news) };
      }
      const { version, drawing: { picture } } = drawn;
      if (shown?.version === version && !gone) return null;
      const changes = shown?.version === version ? "null" : pictureNews(shown?.picture ?? null, picture);
      shown = { version, picture };
      gone = false;
      return { id: version, data: `{"gone":false,"picture":${changes}}` };
    };
  }

  /** @param options.late whether the last drawing will do while it is too soon for another */
  async #draw(followed: Followed, { late }: { late: boolean }): Promise<Drawn<PageDrawing> | null> {
    const version = followed.version();
    if (version === null) return null;
    return await this.#drawings.get({
      key: followed.key,
      version,
      draw: async () => {
        const drawing = await followed.draw();
        return drawing && { drawing, picture: pictureOf(drawing.parts, drawing.timings) };
      },
      late: () => late,
    });
  }
}
