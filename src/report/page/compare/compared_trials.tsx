import type { JSX } from "preact";
import type { PartProps } from "../island.tsx";
import type { ComparedPart } from "./compared_part.ts";

/** The trials of a comparison, each with a box that draws it in the charts, and its colour there. */
export function ComparedTrials({ part: { trials }, page, t, state }: PartProps<ComparedPart>): JSX.Element {
  const { value: slots } = state.slots;
  return (
    <>
      <ul class="compared">
        {trials.map(({ letter, draw, name, about }, trial) => {
          const slot = slots.indexOf(trial);
          return (
            <li key={trial} data-slot={slot < 0 ? undefined : slot}>
              <label>
                <input
                  type="checkbox"
                  data-trial={trial}
                  aria-label={draw}
                  checked={slot >= 0}
                  onChange={(event) => {
                    state.toggle(trial);
                    // Where every colour is taken it stays as it was.
                    event.currentTarget.checked = state.slots.value.includes(trial);
                  }}
                />
                <span class="swatch" />
                <strong>{letter}</strong>
              </label>
              <div>
                <code>{name}</code>
                <br />
                <span class="note">{about.join(t.comma)}</span>
              </div>
            </li>
          );
        })}
      </ul>
      <p class="note screen" role="status">
        {state.full.value ? t.table.full(page.colours) : ""}
      </p>
    </>
  );
}
