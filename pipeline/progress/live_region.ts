import type { Streams } from "./streams.ts";
import { textWidth } from "../../src/text/text_width.ts";

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const WRAP_OFF = "\x1b[?7l";
const WRAP_ON = "\x1b[?7h";
const CLEAR_LINE_END = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";

/**
 * The last lines of the terminal, redrawn in place; what is printed goes above them and stays. Every change is a single write that
 * overwrites before it erases, so that nothing flickers. Between frames the cursor waits at the start of the last line, where the `^C` that
 * a terminal echoes cannot make it wrap.
 */
export class LiveRegion {
  readonly #streams: Streams;
  #open = false;
  /** The lines on the screen, and how wide the terminal was when they were drawn. */
  #drawn: string[] = [];
  #columns = 0;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** Draws lines, narrower than the terminal and without controls, below `printed`, whole lines that stay; drops those beyond its edge. */
  draw(lines: string[], printed = ""): void {
    const { columns, rows } = this.#streams.size();
    const shown = lines.slice(0, Math.max(1, rows - 1));
    // Printed lines may wrap over old ones, and old ones may have been wrapped: both are erased first.
    const erase = printed !== "" || columns !== this.#columns ? CLEAR_BELOW : "";
    this.#streams.stderr(
      (this.#open ? "" : HIDE_CURSOR) + this.#home(columns) + erase + printed +
        WRAP_OFF + shown.join(`${CLEAR_LINE_END}\n`) + CLEAR_BELOW + WRAP_ON + "\r",
    );
    this.#open = true;
    this.#drawn = shown;
    this.#columns = columns;
  }

  /** Erases the region, leaves `printed` in its place and gives the cursor back. */
  close(printed = ""): void {
    const { columns } = this.#streams.size();
    if (this.#open) this.#streams.stderr(this.#home(columns) + CLEAR_BELOW + printed + SHOW_CURSOR);
    else if (printed !== "") this.#streams.stderr(printed);
    this.#open = false;
    this.#drawn = [];
  }

  /**
   * Moves to the region's start, over rows and not lines: a terminal that was made narrower has wrapped what it showed. (tmux
   * tells its new size a quarter of a second late. Frames drawn meanwhile start that many rows too low, and the first frame
   * that knows the size starts as many too high and mends it: therefore the region is drawn without wrapping.)
   */
  #home(columns: number): string {
    let rows = 0;
    for (const line of this.#drawn.slice(0, -1)) rows += Math.max(1, Math.ceil(textWidth(line) / columns));
    return rows > 0 ? `\r\x1b[${rows}A` : "\r";
  }
}
