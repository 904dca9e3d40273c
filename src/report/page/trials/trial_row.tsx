/// <reference lib="dom" />
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import type { Messages } from "../../messages/en.ts";
import type { TrialColumn } from "../../sections/trial_cells.ts";
import type { DifferenceColumn, Mark } from "../../sections/trial_table.ts";
import type { PageState } from "../state.ts";
import { Interval } from "./interval.tsx";
import { type ColumnWidth, phrases, UNBROKEN } from "./table_layout.ts";

/** The widest text of each column, unseen: columns keep their widths whichever rows are drawn. */
export function Sizes({ columns, widths, tickable, axis }: {
  columns: readonly TrialColumn[];
  widths: readonly ColumnWidth[];
  tickable: boolean;
  axis: boolean;
}): JSX.Element {
  return (
    <tr class="sizes" aria-hidden="true">
      {columns.map(({ id, kind }, i) => (
        <td key={id} class={kind}>
          {kind === "status"
            ? widths[i].pieces.map((piece) => (
              <span key={piece} class="mark failed">
                <Phrases text={piece} />
              </span>
            ))
            : (
              <span class={kind === "trial" && tickable ? "pick" : undefined}>
                {kind === "trial" && tickable && <span class="box" />}
                <span>
                  <Pieces kind={kind} pieces={widths[i].pieces} bar={axis ? <span class="ci" /> : null} />
                </span>
              </span>
            )}
        </td>
      ))}
    </tr>
  );
}

/** A trial: its cells, the first of which names it. */
export function Row({ row, place, columns, trial, marks, tickable, drawable, difference, lead, t, state }: {
  row: number;
  /** Where not all rows are drawn, among those that are shown. */
  place: number | null;
  columns: readonly TrialColumn[];
  trial: number;
  marks: readonly Mark[];
  tickable: boolean;
  drawable: boolean;
  difference: DifferenceColumn | null;
  /** Where its name leads. */
  lead: string | undefined;
  t: Messages;
  state: PageState;
}): JSX.Element {
  const slot = useComputed(() => state.slots.value.indexOf(trial));
  return (
    <tr
      data-row={row}
      data-slot={slot.value < 0 ? undefined : slot.value}
      aria-rowindex={place === null ? undefined : place + 2}
    >
      {columns.map((column) => {
        const { id, kind } = column;
        const pieces = column.pieces(row);
        if (kind === "trial") {
          const pieced = <Pieces kind={kind} pieces={pieces} bar={null} />;
          const name = lead === undefined ? pieced : <a href={lead}>{pieced}</a>;
          if (!tickable) return <th key={id} scope="row" class={kind}>{name}</th>;
          const box = (
            <label title={drawable ? undefined : t.table.notDrawable}>
              <input
                type="checkbox"
                data-trial={trial}
                aria-label={t.table.select(trial)}
                disabled={!drawable}
                checked={slot.value >= 0}
                onChange={(event) => {
                  state.toggle(trial);
                  // Where every colour is taken it stays as it was.
                  event.currentTarget.checked = state.slots.value.includes(trial);
                }}
              />
              {lead === undefined && <span>{name}</span>}
            </label>
          );
          return (
            <th key={id} scope="row" class={kind}>
              {lead === undefined ? box : <span class="pick">{box}{name}</span>}
            </th>
          );
        }
        if (kind === "status") {
          return (
            <td key={id} class={kind}>
              {pieces.map((piece, i) => (
                <span key={i} class={`mark ${marks[i][0]}`}>
                  <Phrases text={piece} />
                </span>
              ))}
            </td>
          );
        }
        const bar = kind === "difference" && difference !== null
          ? <Interval difference={difference} row={row} t={t} />
          : null;
        return (
          <td key={id} class={kind}>
            <Pieces kind={kind} pieces={pieces} bar={bar} />
          </td>
        );
      })}
    </tr>
  );
}

function Pieces({ kind, pieces, bar }: {
  kind: TrialColumn["kind"];
  pieces: readonly string[];
  bar: JSX.Element | null;
}): JSX.Element {
  const [first, second] = pieces;
  switch (kind) {
    case "trial":
      return (
        <>
          {first !== "" && <span class="place">{`${first} `}</span>}
          <Name text={second} />
        </>
      );
    case "difference":
      return (
        <div>
          {bar}
          <span class="mean">{first}</span>
          {second !== undefined && <span class="range">{second}</span>}
        </div>
      );
    case "parameter":
      return <Breakable text={first} />;
    default:
      return (
        <>
          {first}
          {second !== undefined && <span class="spread">{` ${second}`}</span>}
        </>
      );
  }
}

/** `trial 3`; where the column is narrow its heading says the word. */
function Name({ text }: { text: string }): JSX.Element {
  const [, word, number] = text.match(/^(.*?)(\d+)$/) ?? ["", "", text];
  return (
    <span class="name">
      <span class="word">{word}</span>
      {number}
    </span>
  );
}

/** Long layer sizes break after a hyphen where they must. */
function Breakable({ text }: { text: string }): JSX.Element {
  return <Parts parts={text.length <= UNBROKEN ? [text] : text.split(/(?<=\u2011)/)} />;
}

/** A text that breaks at its phrases. */
export function Phrases({ text }: { text: string }): JSX.Element {
  return <Parts parts={phrases(text)} />;
}

function Parts({ parts }: { parts: readonly string[] }): JSX.Element {
  return <>{parts.flatMap((part, i) => i === 0 ? [part] : [<wbr key={i} />, part])}</>;
}
