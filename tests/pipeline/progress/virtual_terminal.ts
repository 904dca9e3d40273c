import type { Streams } from "../../../pipeline/progress/streams.ts";

const ESC = "\x1b";
const TOKEN = new RegExp(`${ESC}\\[[?\\d;]*[A-Za-z]|[\\s\\S]`, "gu");

/** A row of the screen; `wrapped` if the text runs on in the next row. */
interface Row {
  text: string;
  wrapped: boolean;
}

/**
 * A small terminal: what a person would see after what was written to it. It knows the control sequences that the project
 * uses, throws for others, and wraps its lines anew when it is resized, as tmux and most terminals do. One column a character.
 */
class VirtualTerminal {
  columns: number;
  rows: number;
  cursorVisible = true;
  wrap = true;
  /** Everything that ever scrolled out at the top included. */
  #grid: Row[] = [{ text: "", wrapped: false }];
  #x = 0;
  #y = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  /** The rows with text, from the first one that was ever written. */
  get lines(): string[] {
    const lines = this.#grid.map((row) => row.text.trimEnd());
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }

  write(text: string): void {
    for (const [token] of text.matchAll(TOKEN)) {
      if (token.length > 1 && token.startsWith(ESC)) this.#control(token.slice(2));
      else if (token === "\n") this.#moveTo(0, this.#y + 1);
      else if (token === "\r") this.#x = 0;
      else if (token < " ") throw new Error(`Cannot show: control character ${JSON.stringify(token)}`);
      else this.#put(token);
    }
  }

  /** Changes the width: rows that ran on are joined and wrapped anew; the cursor stays at its character. */
  resize(columns: number): void {
    const grid: Row[] = [];
    let cursor = { x: 0, y: 0 };
    for (let y = 0; y < this.#grid.length; y++) {
      const first = y;
      let text = "";
      let cursorAt = -1;
      for (;; y++) {
        const row = this.#grid[y];
        if (row === undefined) break;
        if (y === this.#y) cursorAt = (y - first) * this.columns + this.#x;
        text += row.text;
        if (!row.wrapped) break;
      }
      text = text.trimEnd();
      if (cursorAt >= 0) cursor = { x: cursorAt % columns, y: grid.length + Math.floor(cursorAt / columns) };
      const count = Math.max(1, Math.ceil(text.length / columns));
      for (let i = 0; i < count; i++) {
        grid.push({ text: text.slice(i * columns, (i + 1) * columns), wrapped: i < count - 1 });
      }
    }
    this.#grid = grid;
    this.columns = columns;
    this.#moveTo(cursor.x, cursor.y);
  }

  #control(sequence: string): void {
    const count = Number.parseInt(sequence) || 1;
    if (sequence.endsWith("A")) this.#y = Math.max(0, this.#grid.length - this.rows, this.#y - count);
    else if (sequence === "K") this.#setRow(this.#y, this.#row(this.#y).text.slice(0, this.#x));
    else if (sequence === "J") {
      this.#setRow(this.#y, this.#row(this.#y).text.slice(0, this.#x));
      for (let y = this.#y + 1; y < this.#grid.length; y++) this.#setRow(y, "");
    } else if (sequence === "?25h") this.cursorVisible = true;
    else if (sequence === "?25l") this.cursorVisible = false;
    else if (sequence === "?7h") this.wrap = true;
    else if (sequence === "?7l") this.wrap = false;
    else if (!sequence.endsWith("m")) throw new Error(`Cannot show: control sequence ${sequence}`);
  }

  #put(character: string): void {
    if (this.#x >= this.columns) {
      if (this.wrap) {
        this.#row(this.#y).wrapped = true;
        this.#moveTo(0, this.#y + 1);
      } else this.#x = this.columns - 1;
    }
    const row = this.#row(this.#y);
    const text = row.text.padEnd(this.#x);
    row.text = text.slice(0, this.#x) + character + text.slice(this.#x + 1);
    this.#x++;
  }

  #moveTo(x: number, y: number): void {
    while (this.#grid.length <= y) this.#grid.push({ text: "", wrapped: false });
    this.#x = x;
    this.#y = y;
  }

  #setRow(y: number, text: string): void {
    const row = this.#row(y);
    row.text = text;
    row.wrapped = false;
  }

  #row(y: number): Row {
    const row = this.#grid[y];
    if (row === undefined) throw new Error(`Cannot show: no row ${y}`);
    return row;
  }
}

/** Streams that record what is written, standard error also on a virtual terminal. */
export class RecordedStreams implements Streams {
  out = "";
  err = "";
  readonly screen: VirtualTerminal;
  readonly terminal: boolean;
  readonly color: boolean;

  constructor(options: { terminal?: boolean; color?: boolean; columns?: number; rows?: number } = {}) {
    this.terminal = options.terminal ?? false;
    this.color = options.color ?? false;
    this.screen = new VirtualTerminal(options.columns ?? 80, options.rows ?? 24);
  }

  stdout = (text: string): void => {
    this.out += text;
    this.screen.write(text);
  };

  stderr = (text: string): void => {
    this.err += text;
    this.screen.write(text);
  };

  size(): { columns: number; rows: number } {
    return { columns: this.screen.columns, rows: this.screen.rows };
  }
}
