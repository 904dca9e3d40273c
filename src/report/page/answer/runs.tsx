import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import type { ReportModel } from "../../report_model.ts";
import { type RunTable as RunTableData, runTable } from "../../sections/run_data.ts";
import { RunLeadContext } from "../island.tsx";
import { Column, Note, Section } from "../parts.tsx";

/** The runs of a single trial, by seed; nothing where there is one run. */
export function Runs({ model }: { model: ReportModel }): JSX.Element | null {
  const table = runTable(model);
  if (table === null) return null;
  return <RunTable model={model} table={table} />;
}

function RunTable(
  { model, table: { titles, rows, cut } }: { model: ReportModel; table: RunTableData },
): JSX.Element {
  const lead = useContext(RunLeadContext);
  const { t, ranking: [{ trial }] } = model;
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
          {rows.map(({ seed, cells, status }) => (
            <tr key={seed}>
              <th scope="row">{lead === null ? seed : <a href={lead({ trial, seed })}>{seed}</a>}</th>
              {cells.map((cell, i) => <td key={titles[i]}>{cell}</td>)}
              <td class="text">{status}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {cut !== "" && <Note sentences={[cut, t.table.cutFile("results.csv")]} space={t.space} />}
    </Section>
  );
}
