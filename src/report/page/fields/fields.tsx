import type { JSX } from "preact";
import { FIELD, Field, FieldPoints } from "../../images/field.tsx";
import { fieldSet } from "../../sections/field_data.ts";
import type { ReportModel } from "../../report_model.ts";
import { Note, Section } from "../parts.tsx";

const POINTS = "field-points";
const paint = (name: string) => `var(--${name})`;

/** What the networks of the best trials say of the plane, side by side; null where the rows are no points. */
export function Fields({ model }: { model: ReportModel }): JSX.Element | null {
  const { t } = model;
  const set = fieldSet(model);
  if (set === null) return null;
  const { fields, notes } = set;
  return (
    <Section id="fields" title={t.fields.heading}>
      <Note sentences={notes} space={t.space} />
      <svg width="0" height="0" class="field-points" aria-hidden="true">
        <defs>
          <FieldPoints plane={fields[0].plane} id={POINTS} paint={paint} />
        </defs>
      </svg>
      <div class="fields">
        {fields.map(({ plane, title, accuracy }) => (
          <figure key={title}>
            <figcaption>
              <strong>{title}</strong>
              <span class="note">{accuracy}</span>
            </figcaption>
            <svg viewBox={`0 0 ${FIELD} ${FIELD}`} role="img" aria-label={t.fields.altOf(title, accuracy)}>
              <Field plane={plane} points={POINTS} paint={paint} />
            </svg>
          </figure>
        ))}
      </div>
    </Section>
  );
}
