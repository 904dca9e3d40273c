/// <reference lib="dom" />
import type { JSX } from "preact";
import type { Expression } from "./compute/expression.ts";
import { range } from "./compute/nodes.ts";
import type { GraphModel } from "./model.ts";
import { entryName, type EntryPlace, formatPlace, parsePlace } from "./names.ts";
import { cellNumber, shortNumber } from "./short_number.ts";

/** A matrix as a grid of numbers, coloured by sign and size; each cell knows which entry of the graph it shows. */
export function MatrixGrid({ model, label, rows, columns, entry, there = true, marks = true }: {
  readonly model: GraphModel;
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  readonly entry: (row: number, column: number) => Expression;
  /** Whether its numbers are made already. */
  readonly there?: boolean;
  /** Whether wrong numbers are marked. */
  readonly marks?: boolean;
}): JSX.Element {
  const cells = there ? range(rows, (r) => range(columns, (c) => entry(r, c))) : null;
  const isWhole = cells?.flat().every(({ value }) => Number.isInteger(value)) ?? false;
  const write = isWhole ? shortNumber : cellNumber;
  const largest = cells?.flat().reduce((most, { value }) => Math.max(most, Math.abs(value)), 0) ?? 0;
  return (
    <table class="matrix" role="grid" aria-label={label}>
      <tbody>
        {range(rows, (r) => (
          <tr key={r}>
            {range(columns, (c) => {
              const cell = cells?.[r][c];
              return cell === undefined ? <td key={c} class="blank">·</td> : (
                <Cell
                  key={c}
                  model={model}
                  cell={cell}
                  largest={largest}
                  first={r + c === 0}
                  marks={marks}
                  write={write}
                />
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ model, cell, largest, first, marks, write }: {
  readonly model: GraphModel;
  readonly cell: Expression;
  readonly largest: number;
  readonly first: boolean;
  readonly marks: boolean;
  readonly write: (value: number) => string;
}): JSX.Element {
  const { value } = cell;
  const style = `--share:${largest > 0 ? Math.round(42 * Math.abs(value) / largest) : 0}%`;
  const sign = value < 0 ? "negative" : "positive";
  if (cell.kind !== "entry") return <td class={sign} style={style}>{write(value)}</td>;
  const { tensor, row, column } = cell;
  const { columns = 1 } = model.shown.value.values.get(tensor) ?? {};
  const isWrong = marks && model.isWrong(tensor, row * columns + column);
  return (
    <td
      class={`${sign}${isWrong ? " wrong" : ""}${roleOf(model, cell)}`}
      style={style}
      tabIndex={first ? 0 : -1}
      data-entry={formatPlace(cell)}
      aria-label={`${entryName(tensor, row, column)} ${write(value)}`}
    >
      {write(value)}
    </td>
  );
}

/** Whether an entry is the explained one, or one that it is made from. */
function roleOf({ explained, parts }: GraphModel, place: EntryPlace): string {
  const name = formatPlace(place);
  if (explained.value !== null && formatPlace(explained.value) === name) return " explained";
  return parts.value.has(name) ? " part" : "";
}

/** What a page of grids listens to: an entry is explained while it is pointed at or focused, and chosen by a click or Enter. */
export function gridHandlers({ pointed, state }: GraphModel) {
  const cellOf = (event: Event) => (event.target as Element).closest<HTMLElement>("[data-entry]");
  const placeOf = (event: Event) => parsePlace(cellOf(event)?.dataset.entry ?? "") ?? null;
  const point = (event: Event) => pointed.value = placeOf(event);
  const choose = (event: Event) => {
    const place = placeOf(event);
    if (place !== null) state.entry.value = place;
  };
  return {
    onPointerOver: (event: PointerEvent) => event.pointerType === "mouse" && point(event),
    onPointerLeave: () => pointed.value = null,
    onFocusIn: (event: FocusEvent) => (event.target as Element).matches(":focus-visible") && point(event),
    onFocusOut: () => pointed.value = null,
    onClick: choose,
    onKeyDown(event: KeyboardEvent) {
      const cell = cellOf(event);
      if (cell === null) return;
      if (event.key === "Enter" || event.key === " ") choose(event);
      else if (!moveFocus(cell, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

/** Arrows go from cell to cell of a grid; whether the key was one. */
function moveFocus(cell: HTMLElement, key: string): boolean {
  const row = cell.parentElement as HTMLTableRowElement;
  const column = (cell as HTMLTableCellElement).cellIndex;
  const rows = [...row.parentElement?.children ?? []] as HTMLTableRowElement[];
  const at = rows.indexOf(row);
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  if (!Object.hasOwn(moves, key)) return false;
  const [down, right] = moves[key];
  rows[at + down]?.cells[column + right]?.focus();
  return true;
}
