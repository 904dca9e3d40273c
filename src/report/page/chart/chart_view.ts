import type { Item, View } from "vega";
import type { VegaSpec } from "./page_chart.ts";
import { hideTip, showTip } from "./tip.ts";
import { vegaView } from "./vega.ts";

export type Colours = Readonly<Record<string, string>>;
export type Rows = Readonly<Record<string, readonly object[]>>;

/** A copy of plain data in which every `token:NAME` is the theme's colour. */
export function inColours<T>(value: T, colours: Colours): T {
  const resolve = (item: unknown): unknown => {
    if (typeof item === "string") return item.startsWith("token:") ? colours[item.slice(6)] : item;
    if (Array.isArray(item)) return item.map(resolve);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, resolve(inner)]));
  };
  return resolve(value) as T;
}

/** A mark's row as far as the page asks: what it tells when it is pointed at, and whose it is. */
interface Datum {
  readonly tip?: string;
  readonly trial?: number;
}

/** A chart in its place on the page: a living view, built anew where its colours or its axes change. */
export class ChartView {
  readonly #place: HTMLElement;
  readonly #onPick: (trial: number) => void;
  #view: View | null = null;
  #colours: Colours = {};

  /** @param options.onPick called when a trial's mark is clicked */
  constructor(place: HTMLElement, { onPick }: { onPick: (trial: number) => void }) {
    this.#place = place;
    this.#onPick = onPick;
  }

  /** Builds the view: for a theme, and for changed axes. */
  draw(spec: VegaSpec, { colours, rows }: { colours: Colours; rows: Rows }): void {
    this.close();
    this.#colours = colours;
    const view = vegaView(inColours(spec, colours), this.#place);
    view.addEventListener("pointermove", (event, item) => this.#tell(event as unknown as PointerEvent, item));
    view.addEventListener("pointerout", hideTip);
    view.addEventListener("click", (_event, item) => {
      const { trial } = (item?.datum ?? {}) as Datum;
      if (trial !== undefined) this.#onPick(trial);
    });
    this.#view = view;
    this.update(rows);
  }

  /** Shows other rows, each source's by its name. */
  update(rows: Rows): void {
    if (this.#view === null) return;
    for (const [name, values] of Object.entries(inColours(rows, this.#colours))) {
      this.#view.data(name, [...values]);
    }
    this.#view.run();
  }

  close(): void {
    this.#view?.finalize();
    this.#view = null;
  }

  /** Shows the tip of what is pointed at; of a line, that of its nearest point. */
  #tell(event: PointerEvent, item: Item | null | undefined): void {
    let datum = item?.datum as Datum | undefined;
    const { mark } = (item ?? {}) as { mark?: { marktype: string; items: { x: number; datum: Datum }[] } };
    const svg = this.#place.querySelector("svg");
    if (mark?.marktype === "line" && this.#view !== null && svg !== null) {
      const [left] = this.#view.origin();
      const x = event.clientX - svg.getBoundingClientRect().left - left;
      const distance = (point: { x: number }) => Math.abs(point.x - x);
      datum = mark.items.reduce((a, b) => distance(b) < distance(a) ? b : a).datum;
    }
    if (datum?.tip) showTip(event, datum.tip);
    else hideTip();
  }
}
