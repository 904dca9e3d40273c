import headless from "@xterm/headless";
import type { IBufferCell, Terminal } from "@xterm/headless";

const FONT_SIZE = 13;
/** Of a character of nearly every monospaced font, as a part of its size. */
const ADVANCE = 0.602 * FONT_SIZE;
const LINE = 19;
const PAD = 16;
const GROUND = "#15191f";
const INK = "#e6e9ee";
const PROMPT = "#8b949e";
/** The sixteen colours that a terminal has by number: black, red, green, yellow, blue, magenta, cyan, white, and bright. */
const PALETTE = [
  ...["#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4"],
  ...["#6e7681", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#ffffff"],
];

export interface Screen {
  readonly columns: number;
  /** From the first row to the last with text in it. */
  readonly rows: readonly (readonly Run[])[];
}

/** Characters side by side that look alike. */
interface Run {
  readonly column: number;
  readonly width: number;
  readonly text: string;
  readonly colour: string;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** What stands on a terminal's screen after each of these parts of a program's output. */
export async function screens(parts: readonly string[], columns: number): Promise<Screen[]> {
  const terminal = new headless.Terminal({ cols: columns, rows: 40, allowProposedApi: true });
  const found: Screen[] = [];
  for (const part of parts) {
    await new Promise<void>((done) => terminal.write(part, done));
    found.push({ columns, rows: screenRows(terminal) });
  }
  terminal.dispose();
  return found;
}

/** A screen as a picture in which text is text, under the command that was typed. */
export function screenSvg(
  { columns, rows }: Screen,
  { command, title }: { command: string; title: string },
): string {
  const width = Math.ceil(columns * ADVANCE + 2 * PAD);
  const height = (rows.length + 1) * LINE + 2 * PAD - 4;
  const typed: Run[] = [
    { column: 0, width: 1, text: "$", colour: PROMPT, bold: false, dim: false },
    { column: 2, width: command.length, text: command, colour: INK, bold: true, dim: false },
  ];
  const lines = [typed, ...rows].map((runs, row) => {
    const y = PAD + LINE * row + 14;
    return runs.map((run) => textElement(run, y)).join("");
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${GROUND}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" xml:space="preserve">`,
    ...lines.filter((line) => line !== ""),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** Full blocks are a bar, which no font draws without gaps. */
const BLOCKS = /^█+$/;

function textElement({ column, width, text, colour, bold, dim }: Run, y: number): string {
  const x = round(PAD + column * ADVANCE);
  const length = round(width * ADVANCE);
  const opacity = dim ? ' opacity="0.6"' : "";
  if (BLOCKS.test(text)) {
    return `<rect x="${x}" y="${y - 12}" width="${length}" height="15" fill="${colour}"${opacity}/>`;
  }
  const weight = bold ? ' font-weight="bold"' : "";
  return `<text x="${x}" y="${y}" textLength="${length}" fill="${colour}"${weight}${opacity}>${
    escape(text)
  }</text>`;
}

function screenRows({ buffer: { active } }: Terminal): Run[][] {
  const rows: Run[][] = [];
  for (let y = 0; y < active.length; y++) {
    const line = active.getLine(y);
    const runs: Run[] = [];
    for (let x = 0; line !== undefined && x < line.length; x++) {
      const cell = line.getCell(x);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const text = cell.getChars() || " ";
      const look = { colour: colourOf(cell), bold: cell.isBold() !== 0, dim: cell.isDim() !== 0 };
      const last = runs[runs.length - 1];
      const alike = last !== undefined && last.colour === look.colour && last.bold === look.bold &&
        last.dim === look.dim && BLOCKS.test(last.text) === BLOCKS.test(text) &&
        !(text === " " && last.text.endsWith(" "));
      if (alike) {
        runs[runs.length - 1] = { ...last, text: last.text + text, width: last.width + cell.getWidth() };
      } else runs.push({ column: x, width: cell.getWidth(), text, ...look });
    }
    rows.push(trimmed(runs));
  }
  while (rows.length > 0 && rows[rows.length - 1].length === 0) rows.pop();
  return rows;
}

/** Without spaces at the ends, where they only take room. */
function trimmed(runs: readonly Run[]): Run[] {
  return runs.flatMap((run) => {
    const start = run.text.length - run.text.trimStart().length;
    const text = run.text.trim();
    return text === ""
      ? []
      : [{ ...run, text, column: run.column + start, width: run.width - (run.text.length - text.length) }];
  });
}

function colourOf(cell: IBufferCell): string {
  if (cell.isFgRGB()) return `#${cell.getFgColor().toString(16).padStart(6, "0")}`;
  return cell.isFgPalette() ? PALETTE[cell.getFgColor()] ?? INK : INK;
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
