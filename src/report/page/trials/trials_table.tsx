import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { MISSING } from "../../../text/numbers.ts";
import type { PartProps } from "../island.tsx";
import { Column, Note, Scrollable } from "../parts.tsx";
import type { PageState } from "../state.ts";
import type { TrialRow, TrialsPart } from "./trials_part.ts";

/** The trials, best first, with a box each that draws it in the charts. */
export function TrialsTable({ part, page, t, state }: PartProps<TrialsPart>): JSX.Element {
  const { tickable, titles, compared, rows, notes, cut } = part;
  return (
    <>
      <Note sentences={notes} space={t.space} />
      {tickable && (
        <>
          <p class="note screen">{t.table.selectNote(page.colours)}</p>
          <Ticked t={t} page={page} state={state} />
        </>
      )}
      <Scrollable label={t.table.caption}>
        <table>
          <caption>{t.table.caption}</caption>
          <thead>
            <tr>
              {tickable && <Column text={t.table.draw} />}
              <Column text={t.table.rank} />
              <Column text={t.table.trial} />
              {titles.map((title) => <Column key={title} text={title} />)}
              {compared !== null && <Column text={compared} words />}
              <Column text={t.table.runs} words />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.trial}
                row={row}
                tickable={tickable}
                compared={compared !== null}
                name={t.table.select(row.trial)}
                state={state}
              />
            ))}
          </tbody>
        </table>
      </Scrollable>
      <Note sentences={[cut]} space="" />
    </>
  );
}

function Ticked({ t, page, state }: Pick<PartProps<TrialsPart>, "t" | "page" | "state">): JSX.Element {
  const { slots, full } = state;
  const drawn = slots.value.filter((slot) => slot !== null).map((trial) => t.trial(trial));
  const said = full.value
    ? t.table.full(page.colours)
    : drawn.length === 0
    ? t.table.selectedNone
    : t.table.selected(drawn.join(t.comma));
  return <p class="note screen" role="status" id="ticked">{said}</p>;
}

function Row({ row, tickable, compared, name, state }: {
  row: TrialRow;
  tickable: boolean;
  compared: boolean;
  name: string;
  state: PageState;
}): JSX.Element {
  const slot = useComputed(() => state.slots.value.indexOf(row.trial));
  return (
    <tr data-slot={slot.value < 0 ? undefined : slot.value}>
      {tickable && (
        <td>
          <label>
            <input
              type="checkbox"
              data-trial={row.trial}
              aria-label={name}
              checked={slot.value >= 0}
              onChange={(event) => {
                state.toggle(row.trial);
                // Where every colour is taken it stays as it was.
                event.currentTarget.checked = state.slots.value.includes(row.trial);
              }}
            />
            <span class="swatch" />
          </label>
        </td>
      )}
      <td>{row.rank ?? MISSING}</td>
      <th scope="row">{row.trial}</th>
      {row.cells.map((cell, i) => <td key={i}>{cell}</td>)}
      {compared && <td class="wrap">{row.difference}</td>}
      <td class="text">{row.broken ? <span class="bad">✕ {row.ends}</span> : row.ends}</td>
    </tr>
  );
}
