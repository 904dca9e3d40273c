/// <reference lib="dom" />
// The page's script: brings its living parts to life. `deno task build` bundles it as bundle.js, which is committed.

import { SPEEDS_ID } from "../speeds_slot.ts";
import { enlivenPage } from "./enliven.tsx";

const { state } = enlivenPage(JSON.parse(document.getElementById("report-data")?.textContent ?? ""));
// Not before: what was written into the file knows no times.
state.speeds.value = JSON.parse(document.getElementById(SPEEDS_ID)?.textContent ?? "null");

/** Says that the page is ready once every chart is drawn. */
function tellWhenDrawn(): void {
  const empty = [...document.querySelectorAll(".plot")].some((plot) => plot.firstChild === null);
  if (empty) requestAnimationFrame(tellWhenDrawn);
  else document.documentElement.dataset.drawn = "true";
}
tellWhenDrawn();
