import { hideTip, showTip } from "./tip.ts";
import type { LineState } from "./line_state.ts";
import { part } from "./axis.ts";
import type { Frame } from "./trace.ts";

/** Pixels that the pointer moves before it is a drag and no click. */
const DRAG = 5;

/** What a line chart does with a pointer: its cursor follows, a drag zooms, with Shift moves, a click picks the line that is pointed at. */
export class LinePointer {
  readonly #lines: LineState;
  readonly #options: PointerOptions;
  /** Where a button was pressed, and what was shown then. */
  #start: { clientX: number; place: number; x: LineState["x"]["value"] } | null = null;
  #dragged = false;

  constructor(lines: LineState, options: PointerOptions) {
    this.#lines = lines;
    this.#options = options;
  }

  down(event: PointerEvent): void {
    this.#dragged = false;
    if (event.button !== 0) return;
    if (event.pointerType === "touch") return this.#point(event);
    const { clientX } = event;
    this.#start = { clientX, place: this.#place(event).x, x: this.#lines.x.value };
  }

  move(event: PointerEvent): void {
    const frame = this.#options.frame();
    if (this.#start !== null && frame !== null) {
      const by = event.clientX - this.#start.clientX;
      if (!this.#dragged && Math.abs(by) > DRAG) {
        this.#dragged = true;
        // Beyond the chart's edges too, and no line is clicked where it ends.
        element(event).setPointerCapture(event.pointerId);
        this.#lines.pointed.value = null;
        hideTip();
      }
      if (this.#dragged) {
        if (event.shiftKey) {
          this.#options.select(null);
          this.#lines.show(part(this.#start.x, -by / frame.width, 1 - by / frame.width));
        } else {
          const ends = [this.#start.place, this.#place(event).x].map((x) => inside(x, frame));
          this.#options.select([Math.min(...ends), Math.max(...ends)]);
        }
      }
    }
    this.#point(event);
  }

  up(event: PointerEvent): void {
    const frame = this.#options.frame();
    const start = this.#start;
    this.#start = null;
    if (!this.#dragged || start === null || frame === null) return;
    this.#options.select(null);
    if (event.shiftKey) return;
    const ends = [start.place, this.#place(event).x].map((x) =>
      (inside(x, frame) - frame.left) / frame.width
    );
    if (Math.abs(ends[0] - ends[1]) * frame.width > DRAG) {
      this.#lines.show(part(start.x, Math.min(...ends), Math.max(...ends)));
    }
  }

  /** Ends a drag without effect. */
  cancel(): void {
    this.#start = null;
    this.#options.select(null);
  }

  click(event: MouseEvent): void {
    // A finger is too wide for a line: it moves the cursor only.
    const isTouch = "pointerType" in event && event.pointerType === "touch";
    if (this.#dragged || isTouch) return;
    // What was said to be pointed at: a click's place is rounded, another line may be nearer there.
    const trial = this.#lines.pointed.value;
    if (trial !== null) this.#options.onPick?.(trial);
  }

  leave(event: PointerEvent): void {
    hideTip();
    this.#lines.pointed.value = null;
    if (event.pointerType !== "touch") this.#lines.cursor.value = null;
  }

  wheel(event: WheelEvent): void {
    const frame = this.#options.frame();
    if (frame === null || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const lines = event.deltaY * [1, 16, 400][event.deltaMode];
    const about = (inside(this.#place(event).x, frame) - frame.left) / frame.width;
    this.#lines.zoom(Math.exp(Math.max(-1, Math.min(1, lines / 300))), about);
  }

  #point(event: PointerEvent): void {
    const frame = this.#options.frame();
    if (frame === null) return;
    const place = this.#place(event);
    this.#lines.pointTo((inside(place.x, frame) - frame.left) / frame.width);
    if (event.pointerType === "touch" || this.#dragged && this.#start !== null) return;
    const trial = this.#options.trialAt(place);
    this.#lines.pointed.value = trial;
    if (trial === null) hideTip();
    else showTip(event, this.#options.label(trial));
  }

  /** In pixels of the chart's place. */
  #place(event: MouseEvent): { x: number; y: number } {
    const { left, top } = element(event).getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}

interface PointerOptions {
  frame(): Frame | null;
  /** The trial whose line is at a place; null where none is. */
  trialAt(place: { x: number; y: number }): number | null;
  label(trial: number): string;
  /** Shows what a drag has chosen so far, in pixels of the place. */
  select(range: readonly [number, number] | null): void;
  onPick: ((trial: number) => void) | undefined;
}

function element(event: Event): HTMLElement {
  return event.currentTarget as HTMLElement;
}

function inside(x: number, { left, width }: Frame): number {
  return Math.min(left + width, Math.max(left, x));
}
