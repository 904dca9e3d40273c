/// <reference lib="dom" />
import { type Signal, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { compareViewWords } from "../compare/words.ts";
import type { ViewWords } from "../words.ts";

/** The ids of the experiments that are ticked to be compared, in the order in which they were. */
export type Ticked = Signal<readonly string[]>;

/** Ticks an experiment to be compared. */
export function TickBox({ id, name, ticked, t }: {
  id: string;
  name: string;
  ticked: Ticked;
  t: ViewWords;
}): JSX.Element {
  const isTicked = useComputed(() => ticked.value.includes(id));
  return (
    <input
      type="checkbox"
      aria-label={compareViewWords(t.language).tick(name)}
      checked={isTicked.value}
      onChange={({ currentTarget: { checked } }) => {
        const others = ticked.value.filter((each) => each !== id);
        ticked.value = checked ? [...others, id] : others;
      }}
    />
  );
}

/** Leads to the comparison of those that are ticked. @param props.there what is ticked and no longer there is not compared */
export function CompareTicked({ ticked, there, t }: {
  ticked: Ticked;
  there: ReadonlyMap<string, unknown>;
  t: ViewWords;
}): JSX.Element | null {
  const said = compareViewWords(t.language);
  const ids = ticked.value.filter((id) => there.has(id));
  if (ids.length === 0) return null;
  return (
    <p class="compare-ticked">
      {ids.length < 2
        ? <span class="note">{said.tickTwo}</span>
        : (
          <a class="button" href={`/compare?lang=${t.language}${ids.map((id) => `&e=${id}`).join("")}`}>
            {said.compare(ids.length)}
          </a>
        )}
    </p>
  );
}
