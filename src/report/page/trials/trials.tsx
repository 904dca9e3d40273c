import type { JSX } from "preact";
import type { ReportModel } from "../../report_model.ts";
import { concludeReport, conclusionSentences } from "../../sections/conclusion_data.ts";
import { unfinishedRuns } from "../../sections/table_data.ts";
import { Island } from "../island.tsx";
import { Rich, Section } from "../parts.tsx";
import type { PageData } from "../page_data.ts";
import type { PageState } from "../state.ts";
import { TrialsTable } from "./trials_table.tsx";

export function Trials(
  { model, page, state }: { model: ReportModel; page: PageData; state: PageState },
): JSX.Element {
  const { t } = model;
  const unfinished = unfinishedRuns(model);
  const concluded = conclusionSentences(model, concludeReport(model));
  return (
    <Section id="trials" title={t.table.heading(page.trials.table.ranked > 0)}>
      <Island name="trials">
        <TrialsTable part={page.trials} page={page} t={t} state={state} />
      </Island>
      {unfinished.length > 0 && (
        <>
          <h3>{t.table.unfinished}</h3>
          <ul>
            {unfinished.map(({ title, runs }) => (
              <li key={title}>
                <span class="bad">{title}</span>
                {t.colon}
                {runs}
              </li>
            ))}
          </ul>
        </>
      )}
      {concluded.length > 0 && (
        <>
          <h3>{t.conclusions.heading}</h3>
          <ul class="points">
            {concluded.map((sentence) => (
              <li key={sentence}>
                <Rich text={sentence} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
