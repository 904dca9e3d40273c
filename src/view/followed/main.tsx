/// <reference lib="dom" />
// The script of pages that follow something. `deno task build` bundles it as src/view/bundle/followed.js, which is committed.

import { enlivenPage } from "../../report/page/enliven.tsx";
import type { PageData } from "../../report/page/page_data.ts";
import { SPEEDS_ID } from "../../report/speeds_slot.ts";
import type { PictureNews } from "../experiment/experiment_data.ts";
import { renewSections } from "../experiment/renew.ts";
import { type Connection, followNews } from "../news.ts";
import { viewWords } from "../words.ts";
import { FOLLOWED_ID, type FollowedData, type FollowedNews } from "./followed_data.ts";

const data: FollowedData = JSON.parse(document.getElementById(FOLLOWED_ID)?.textContent ?? "");
let page: PageData = JSON.parse(document.getElementById("report-data")?.textContent ?? "");
const living = enlivenPage(page);
living.state.speeds.value = JSON.parse(document.getElementById(SPEEDS_ID)?.textContent ?? "null");
const t = viewWords(data.language);
const said = document.querySelector<HTMLElement>(".course .said")!;
let connection: Connection = "open";
let gone = false;

followNews<FollowedNews>(data.stream, {
  from: data.from,
  language: data.language,
  onState(state) {
    connection = state;
    say();
  },
  onNews(news) {
    gone = news.gone;
    say();
    if (news.picture !== null) show(news.picture);
  },
});

function say(): void {
  const text = connection === "over" ? t.over : gone ? t.gone : connection === "open" ? "" : t.lost;
  said.className = `said ${connection === "over" ? "note" : "bad"}`;
  if (said.textContent !== text) said.textContent = text;
}

function show({ title, header, sections, page: changed, pictures, speeds }: PictureNews): void {
  document.title = title;
  if (header !== null) document.getElementById("followed-header")!.innerHTML = header;
  if (pictures !== null) document.getElementById("pictures")!.textContent = pictures;
  renewSections(sections);
  page = { ...page, ...changed };
  living.update(page);
  living.state.speeds.value = speeds;
}

// By the page and not by the button: sections come anew.
document.addEventListener("click", async ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  const button = target.closest<HTMLElement>("button[data-copies]");
  const text = button?.closest(".copied")?.querySelector("code");
  if (button == null || text == null) return;
  getSelection()?.selectAllChildren(text);
  try {
    await navigator.clipboard.writeText(text.textContent ?? "");
    button.textContent = button.dataset.done ?? "";
  } catch {
    // A page of another machine may not: the text is selected, for the reader to copy.
    button.textContent = button.dataset.selected ?? "";
  }
});
