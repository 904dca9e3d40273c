import type { JSX } from "preact";
import { dataUri } from "../../images/bitmap.ts";
import { filtersPng } from "../../images/filters_png.ts";
import type { ReportModel } from "../../report_model.ts";
import { filterNotes } from "../../sections/best_run_data.ts";
import { Note, Section } from "../parts.tsx";

/** What the first layer looks at, an image a unit. */
export function Filters({ model }: { model: ReportModel }): JSX.Element | null {
  const { t, best, input: { inspection } } = model;
  if (best === undefined || inspection === undefined || inspection.filters.units.length === 0) return null;
  const { filters: { weights, units }, mistakes: { images: { rows, columns } } } = inspection;
  const png = filtersPng({ weights, rows, columns, across: 10, scale: 1 });
  return (
    <Section id="filters" title={t.filters.heading}>
      <Note sentences={filterNotes(model)} space={t.space} />
      <figure>
        <img class="filters" src={dataUri(png)} alt={t.filters.alt(units.length)} />
      </figure>
    </Section>
  );
}
