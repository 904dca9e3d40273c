// One chart as a living vega view, redrawn where its colours or its axes change.

import { chartRows } from "./chart_rows.js";
import { hideTip, showTip } from "./tip.js";

const ZOOM_STEP = 1.5;

/** A copy of plain data in which every `token:NAME` is the theme's colour. */
export function resolveColours(value, colours) {
  if (typeof value === "string") return value.startsWith("token:") ? colours[value.slice(6)] : value;
  if (Array.isArray(value)) return value.map((item) => resolveColours(item, colours));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolveColours(inner, colours)]),
  );
}

/** A chart in its place on the page. */
export class ChartView {
  #chart;
  #page;
  #place;
  #onPick;
  #view = null;
  #colours = {};
  #state = { slots: [], diagnosed: null };

  /** @param {(trial: number) => void} options.onPick called when a trial's line is clicked */
  constructor(chart, { page, place, onPick }) {
    this.#chart = chart;
    this.#page = page;
    this.#place = place;
    this.#onPick = onPick;
  }

  get kind() {
    return this.#chart.kind;
  }

  /** Builds the view anew: for a theme, and for a variant of the axes where the chart has it. */
  draw({ colours, variant, state }) {
    const { vega, expressionInterpreter } = globalThis;
    const { specs } = this.#chart;
    const spec = specs[variant] ?? specs[variant.replace(/^log/, "linear")] ?? Object.values(specs)[0];
    this.#view?.finalize();
    this.#colours = colours;
    this.#view = new vega.View(vega.parse(resolveColours(spec, colours), undefined, { ast: true }), {
      expr: expressionInterpreter,
      renderer: "svg",
      container: this.#place,
      hover: true,
      logLevel: vega.Error,
    });
    // Vega's own tooltip tells of a line only right at its points.
    this.#view.tooltip(() => {});
    this.#view.addEventListener("pointermove", (event, item) => this.#tell(event, item));
    this.#view.addEventListener("pointerout", hideTip);
    this.#view.addEventListener("click", (_event, item) => {
      const trial = item?.datum?.trial;
      if (trial !== undefined) this.#onPick(trial);
    });
    this.update(state);
  }

  /** Shows the ticked trials, and the run whose layers are looked into. */
  update(state = this.#state) {
    this.#state = state;
    const rows = resolveColours(chartRows(this.#chart, this.#page, state), this.#colours);
    for (const [name, values] of Object.entries(rows)) this.#view.data(name, values);
    this.#view.run();
  }

  /** Zooms by steps in, or out where negative; 0 shows all again. */
  zoom(steps) {
    for (const [signal, scale] of [["grid_epoch", "x"], ["grid_mean", "y"]]) {
      if (!this.#hasSignal(signal)) continue;
      if (steps === 0) {
        this.#view.signal(signal, null);
        continue;
      }
      const { domain, type } = this.#scale(scale);
      const log = type === "log";
      const [low, high] = domain.map((end) => log ? Math.log(end) : end);
      const half = (high - low) / 2 / ZOOM_STEP ** steps;
      const middle = (low + high) / 2;
      const ends = [middle - half, middle + half];
      this.#view.signal(signal, log ? ends.map(Math.exp) : ends);
    }
    this.#view.run();
  }

  /** Shows the tip of what is pointed at; of a line, that of its nearest point. */
  #tell(event, item) {
    const { mark } = item ?? {};
    let { datum } = item ?? {};
    if (mark?.marktype === "line") {
      const [left] = this.#view.origin();
      const x = globalThis.vega.point(event, this.#place.querySelector("svg"))[0] - left;
      const distance = (point) => Math.abs(point.x - x);
      datum = mark.items.reduce((a, b) => distance(b) < distance(a) ? b : a).datum;
    }
    if (datum?.tip) showTip(event, datum.tip);
    else hideTip();
  }

  #hasSignal(name) {
    try {
      this.#view.signal(name);
      return true;
    } catch {
      return false;
    }
  }

  #scale(name) {
    const scale = this.#view.scale(name);
    return { domain: scale.domain(), type: scale.type };
  }
}
