import type { JSX } from "preact";
import type { ReportModel } from "../../report_model.ts";
import { runTable } from "../../sections/run_data.ts";
import { Column, Section } from "../parts.tsx";

/** Rows of the table: a reader who wants more has `results.csv`. */
const MAX_RUNS = 100;

/** The runs of a single trial, by seed; nothing where there is one run. */
export function Runs({ model }: { model: ReportModel }): JSX.Element | null {
  const { t } = model;
  const table = runTable(model);
  if (table === null) return null;
  const { titles, rows } = table;
  return (
    <Section id="trials" title={t.runTable.heading}>
      <table>
        <caption>{t.runTable.caption}</caption>
        <thead>
          <tr>
            <Column text={t.seed} />
            {titles.map((title) => <Column key={title} text={title} />)}
            <Column text={t.runTable.status} words />
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MAX_RUNS).map(({ seed, cells, status }) => (
            <tr key={seed}>
              <th scope="row">{seed}</th>
              {cells.map((cell, i) => <td key={titles[i]}>{cell}</td>)}
              <td class="text">{status}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
