import { type Signal, useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useRef } from "preact/hooks";
import { formatCount } from "../../../text/numbers.ts";
import { textWidth } from "../../../text/text_width.ts";
import type { Messages } from "../../messages/en.ts";
import { DARKEST_MISTAKE, formatRate } from "../../sections/confusion_data.ts";
import type { Cell } from "./image_view.ts";

/** Steps of the keys that move between cells, in rows and columns; Infinity is to the end. */
const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** Of more classes cells have no room for shares, and the matrix stands alone. */
export const MOST_WITH_SHARES = 12;

/** The confusion matrix: a cell is opened and closed by a click or by Enter, arrows move between cells; where nothing opens, numbers alone. */
export function Confusion({ matrix, names, open, t }: {
  matrix: Uint32Array;
  names: readonly string[];
  open: Signal<Cell | null> | null;
  t: Messages;
}): JSX.Element {
  // The one cell that Tab comes to.
  const at = useSignal<Cell>({ label: 0, predicted: 0 });
  const body = useRef<HTMLTableSectionElement>(null);
  const classes = names.length;
  const isLong = names.some((name) => textWidth(name) > 4);
  const kind = !isLong ? "matrix" : classes > 5 ? "matrix named upright" : "matrix named";
  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape" && open !== null) open.value = null;
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const within = (place: number) => Math.max(0, Math.min(classes - 1, place));
    const { label, predicted } = at.value;
    at.value = { label: within(label + step[0]), predicted: within(predicted + step[1]) };
    const id = cellName(at.value);
    body.current?.querySelector<HTMLElement>(`[data-cell="${id}"]`)?.focus();
  };
  const isSame = (a: Cell | null, b: Cell) => a?.label === b.label && a.predicted === b.predicted;
  return (
    <div class={classes > MOST_WITH_SHARES ? "scroll" : undefined}>
      <table class={kind} style={`--classes:${classes}`}>
        <caption>{t.confusion.caption}</caption>
        <thead>
          <tr>
            <td aria-label={t.confusion.corner}>
              <span aria-hidden="true">{t.confusion.cornerShort}</span>
            </td>
            {names.map((name) => <th key={name} scope="col">{isLong ? <span>{name}</span> : name}</th>)}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          {names.map((name, label) => {
            const row = matrix.subarray(label * classes, (label + 1) * classes);
            const total = row.reduce((a, b) => a + b, 0);
            return (
              <tr key={label}>
                <th scope="row">{name}</th>
                {names.map((_, predicted) => {
                  const cell = { label, predicted };
                  const count = row[predicted];
                  const look = count === 0 ? "cell zero" : "cell";
                  const numbers = (
                    <Count label={name} predicted={names[predicted]} count={count} total={total} t={t} />
                  );
                  return (
                    <td key={predicted} style={cellStyle(cell, { count, total })}>
                      {open === null ? <span class={look}>{numbers}</span> : (
                        <button
                          type="button"
                          class={look}
                          data-cell={cellName(cell)}
                          tabIndex={isSame(at.value, cell) ? 0 : -1}
                          aria-pressed={isSame(open.value, cell)}
                          onFocus={() => at.value = cell}
                          onClick={() => open.value = isSame(open.value, cell) ? null : cell}
                        >
                          {numbers}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="note with-shares">{t.confusion.note}</p>
      <p class="note without-shares">{t.confusion.noteCounts}</p>
    </div>
  );
}

function Count(
  { label, predicted, count, total, t }: {
    label: string;
    predicted: string;
    count: number;
    total: number;
    t: Messages;
  },
): JSX.Element {
  return (
    <>
      <span class="unseen">{t.confusion.cell(label, predicted)}</span>
      {count < 10_000 ? count : formatCount(count)}
      {count > 0 && <small>{` ${formatRate(count / total)}`}</small>}
    </>
  );
}

function cellName({ label, predicted }: Cell): string {
  return `${label}-${predicted}`;
}

function cellStyle(
  { label, predicted }: Cell,
  { count, total }: { count: number; total: number },
): string | undefined {
  if (count === 0) return undefined;
  const rate = count / total;
  return label === predicted
    ? `--of:var(--c0);--share:${(12 + 38 * rate).toFixed(0)}%`
    : `--share:${(12 + 36 * Math.min(1, rate / DARKEST_MISTAKE)).toFixed(0)}%`;
}
