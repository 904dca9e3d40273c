import type { Item, View } from "vega";
import { type Colours, inColours } from "../../charts/palette.ts";
import type { VegaSpec } from "./vega_spec.ts";
import type { Frame } from "./trace.ts";
import { hideTip, showTip } from "./tip.ts";
import { vegaView } from "./vega.ts";

export type Rows = Readonly<Record<string, readonly object[]>>;
export type Signals = Readonly<Record<string, unknown>>;

/** A mark's row as far as the page asks: what it tells when it is pointed at, and whose it is. */
interface Datum {
  readonly tip?: string;
  readonly trial?: number;
}

/** A chart in its place on the page: a living view, built anew where its colours or its axes change. */
export class ChartView {
  readonly #place: HTMLElement;
  readonly #onPick: ((trial: number) => void) | undefined;
  #view: View | null = null;
  #colours: Colours = {};
  /** As they are drawn. */
  #rows: Rows = {};

  /** @param options.onPick called when a trial's mark is clicked; without it marks tell nothing, and whoever made the view sees to it */
  constructor(place: HTMLElement, { onPick }: { onPick?: (trial: number) => void } = {}) {
    this.#place = place;
    this.#onPick = onPick;
  }

  /** Where the plot without its axes lies; null while nothing is drawn. */
  get frame(): Frame | null {
    if (this.#view === null) return null;
    const [left, top] = this.#view.origin();
    const { left: padding = 0, top: above = 0 } = Object(this.#view.padding());
    return {
      left: left + padding,
      top: top + above,
      width: this.#view.width(),
      height: this.#view.height(),
    };
  }

  /** Builds the view: for a theme, and for changed axes. @param options.onLayout called when the window gives it another width */
  draw(
    spec: VegaSpec,
    { colours, rows, signals, onLayout }: {
      colours: Colours;
      rows: Rows;
      signals?: Signals;
      onLayout?: () => void;
    },
  ): void {
    this.close();
    this.#colours = colours;
    const view = vegaView(inColours(spec, colours), this.#place);
    const onPick = this.#onPick;
    if (onPick !== undefined) {
      view.addEventListener(
        "pointermove",
        (event, item) => this.#tell(event as unknown as PointerEvent, item),
      );
      view.addEventListener("pointerout", hideTip);
      view.addEventListener("click", (_event, item) => {
        const { trial } = (item?.datum ?? {}) as Datum;
        if (trial !== undefined) onPick(trial);
      });
    }
    if (onLayout !== undefined) view.addResizeListener(onLayout);
    this.#view = view;
    this.update(rows, signals);
  }

  /** Shows other rows, each source's by its name, and sets signals, such as what an axis shows. */
  update(rows: Rows, signals: Signals = {}): void {
    if (this.#view === null) return;
    for (const [name, values] of Object.entries(rows)) {
      if (values !== this.#rows[name]) this.#view.data(name, [...inColours(values, this.#colours)]);
    }
    this.#rows = rows;
    for (const [name, value] of Object.entries(signals)) this.#view.signal(name, value);
    this.#view.run();
  }

  close(): void {
    this.#view?.finalize();
    this.#view = null;
    this.#rows = {};
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
