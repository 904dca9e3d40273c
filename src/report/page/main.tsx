/// <reference lib="dom" />
// The page's script: brings its living parts to life. `deno task build` bundles it as bundle.js, which is committed.

import { type ComponentType, hydrate } from "preact";
import { SPEEDS_ID } from "../speeds_slot.ts";
import { messages } from "../messages/messages.ts";
import { BestChart } from "./answer/best_chart.tsx";
import { ComparedTrials } from "./compare/compared_trials.tsx";
import { Curves } from "./curves/curves.tsx";
import { Effects } from "./effects/effects.tsx";
import { Errors } from "./errors/errors.tsx";
import { islandId, type IslandName, type PartProps } from "./island.tsx";
import { Layers } from "./layers/layers.tsx";
import type { PageData } from "./page_data.ts";
import { openState } from "./state.ts";
import { unbroken } from "./unbroken.ts";
import { TrialsTable } from "./trials/trials_table.tsx";

const page: PageData = JSON.parse(document.getElementById("report-data")?.textContent ?? "");
const t = unbroken(messages(page.language, page.rows));
const state = openState(page);

const dark = matchMedia("(prefers-color-scheme: dark)");
const print = matchMedia("print");
const choose = () => state.colours.value = page.themes[dark.matches && !print.matches ? "dark" : "light"];
dark.addEventListener("change", choose);
print.addEventListener("change", choose);
choose();

/** Draws a part that stands in the page again, this time alive. */
function enliven<Part>(name: IslandName, View: ComponentType<PartProps<Part>>, part: Part | null): void {
  const place = document.getElementById(islandId(name));
  if (place !== null && part !== null) hydrate(<View part={part} page={page} t={t} state={state} />, place);
}

enliven("best", BestChart, page.best);
enliven("trials", TrialsTable, page.trials);
enliven("curves", Curves, page.curves);
enliven("effects", Effects, page.effects);
enliven("errors", Errors, page.errors);
enliven("layers", Layers, page.layers);
enliven("compared", ComparedTrials, page.compared ?? null);
// Not before: what was written into the file knows no times.
state.speeds.value = JSON.parse(document.getElementById(SPEEDS_ID)?.textContent ?? "null");

/** Says that the page is ready once every chart is drawn. */
function tellWhenDrawn(): void {
  const empty = [...document.querySelectorAll(".plot")].some((plot) => plot.firstChild === null);
  if (empty) requestAnimationFrame(tellWhenDrawn);
  else document.documentElement.dataset.drawn = "true";
}
tellWhenDrawn();
