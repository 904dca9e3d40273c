import type { JSX } from "preact";
import type { Messages } from "../../messages/en.ts";
import { Note } from "../parts.tsx";
import type { TrialFilters } from "./layers_part.ts";

/** Pixels that a unit's image is wide, and on a narrow page. */
const WIDTH = { large: 84, small: 56 };

/** What the first layer looks at, an image a unit, with the unit's number and how large its weights are. */
export function Filters(
  { trial, filters, t }: { trial: number; filters: TrialFilters; t: Messages },
): JSX.Element {
  const { units, norms, total, hidden, limit, sprite: { rows, columns, across, down } } = filters;
  const scale = (width: number) => Math.max(1, Math.round(width / Math.max(rows, columns)));
  const named = (unit: number) => hidden ? t.filters.unit(unit) : t.filters.class(unit);
  return (
    <>
      <Note
        sentences={[
          hidden ? t.filters.note(units.length, total) : t.filters.noteClasses,
          t.filters.labels(hidden),
          filters.untouched ? t.filters.untouched : "",
        ]}
        space={t.space}
      />
      <div class="weight-scale">
        <span>−{limit}</span>
        <i role="img" aria-label={t.filters.scale(limit)} />
        <span>+{limit}</span>
      </div>
      <ul
        class={`unit-images filters-${trial}`}
        style={`--w:${columns};--h:${rows};--across:${across};--down:${down};--large:${
          scale(WIDTH.large)
        };--small:${scale(WIDTH.small)}`}
      >
        {units.map((unit, i) => (
          <li key={unit}>
            <i
              role="img"
              aria-label={`${named(unit)}${t.comma}${t.filters.norm(norms[i])}`}
              title={`${named(unit)}${t.comma}${t.filters.norm(norms[i])}`}
              style={`--x:${i % across};--y:${Math.floor(i / across)}`}
            />
            <small aria-hidden="true">
              <b>{unit}</b> · {norms[i]}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
