import type { JSX } from "preact";
import { messages } from "../../report/messages/messages.ts";
import { type ChartScripts, renderDocument } from "../../report/page/document.tsx";
import { type PageParts, STYLES } from "../../report/page/render_page.tsx";
import { unbroken } from "../../report/page/unbroken.ts";
import { fillSpeeds } from "../../report/speeds_slot.ts";
import type { TimingRow } from "../../tables/timings_csv.ts";
import followedScript from "../bundle/followed.js" with { type: "text" };
import { Placed } from "../experiment/document.tsx";
import experimentStyle from "../experiment/experiment.css" with { type: "text" };
import { jsonText } from "../../text/inline_script.ts";
import viewStyle from "../view.css" with { type: "text" };
import { viewWords } from "../words.ts";
import { FOLLOWED_ID, type FollowedData } from "./followed_data.ts";
import followedStyle from "./followed.css" with { type: "text" };

interface FollowedPage extends FollowedData {
  readonly parts: PageParts;
  /** What stands above all of it, and stays as it is. */
  readonly top: JSX.Element;
  /** Besides those of a report's page. */
  readonly styles: readonly string[];
  readonly timings: readonly TimingRow[];
  readonly chartScripts: ChartScripts;
}

/** A page of a report's parts that are kept up to date. */
export function renderFollowed(
  { parts: { title, header, sections, page, pictures }, top, styles, timings, chartScripts, ...data }:
    FollowedPage,
): string {
  const t = viewWords(data.language);
  const html = renderDocument({
    t: unbroken(messages(data.language, page.rows)),
    title,
    header: (
      <>
        <aside id="course" aria-label={t.back}>
          <div class="course">
            {top}
            <p class="bad said" role="status" />
          </div>
        </aside>
        <script
          type="application/json"
          id={FOLLOWED_ID}
          dangerouslySetInnerHTML={{ __html: jsonText(data) }}
        />
        <style id="pictures" dangerouslySetInnerHTML={{ __html: pictures }} />
        <div id="followed-header">{header}</div>
      </>
    ),
    sections: sections.map((section) => ({
      ...section,
      content: <Placed islands="all" content={section.content} />,
    })),
    styles: [...STYLES, viewStyle, experimentStyle, followedStyle, ...styles],
    page,
    chartScripts,
    script: followedScript,
    connects: true,
  });
  return fillSpeeds(html, timings);
}
