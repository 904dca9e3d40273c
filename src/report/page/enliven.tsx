/// <reference lib="dom" />
import { type ComponentType, hydrate, render } from "preact";
import { messages } from "../messages/messages.ts";
import { BestChart } from "./answer/best_chart.tsx";
import { Calibration } from "./calibration/calibration.tsx";
import { ComparedTrials } from "./compare/compared_trials.tsx";
import { Curves } from "./curves/curves.tsx";
import { Effects } from "./effects/effects.tsx";
import { Errors } from "./errors/errors.tsx";
import { islandId, type IslandName, type PartProps } from "./island.tsx";
import { Layers } from "./layers/layers.tsx";
import type { PageData } from "./page_data.ts";
import { fitPaper } from "./on_paper.ts";
import { openState, type PageState } from "./state.ts";
import { TrialsTable } from "./trials/trials_table.tsx";
import { unbroken } from "./unbroken.ts";

/** A page whose parts are alive. */
export interface LivingPage {
  readonly state: PageState;
  /** Draws the parts again from other data: what the reader chose in them stays. */
  update(page: PageData): void;
}

/** Brings the parts of a page to life, in the places where they stand. */
export function enlivenPage(first: PageData): LivingPage {
  const words = ({ language, rows }: PageData) => unbroken(messages(language, rows));
  let t = words(first);
  const state = openState(first);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const print = matchMedia("print");
  const choose = () => state.colours.value = first.themes[dark.matches && !print.matches ? "dark" : "light"];
  dark.addEventListener("change", choose);
  print.addEventListener("change", choose);
  choose();
  fitPaper();

  const alive = new Map<IslandName, Element>();
  const enliven = <Part,>(
    page: PageData,
    [name, View, part]: [IslandName, ComponentType<PartProps<Part>>, Part | null],
  ) => {
    const before = alive.get(name);
    const place = document.getElementById(islandId(name));
    // A place that is gone, or has come again, is another one.
    if (before !== undefined && (before !== place || part === null)) {
      render(null, before);
      alive.delete(name);
    }
    if (place === null || part === null) return;
    const drawn = <View part={part} page={page} t={t} state={state} />;
    if (alive.has(name) || place.firstChild === null) render(drawn, place);
    else hydrate(drawn, place);
    alive.set(name, place);
  };
  const update = (page: PageData) => {
    enliven(page, ["best", BestChart, page.best]);
    enliven(page, ["trials", TrialsTable, page.trials]);
    enliven(page, ["curves", Curves, page.curves]);
    enliven(page, ["effects", Effects, page.effects]);
    enliven(page, ["errors", Errors, page.errors]);
    enliven(page, ["calibration", Calibration, page.calibration ?? null]);
    enliven(page, ["layers", Layers, page.layers]);
    enliven(page, ["compared", ComparedTrials, page.compared ?? null]);
  };
  update(first);
  let former = first;
  return {
    state,
    update(page) {
      state.follow(page.ticked, former.ticked);
      // What the rows are may be known later than the page is open.
      if (page.rows !== former.rows) t = words(page);
      former = page;
      update(page);
    },
  };
}
