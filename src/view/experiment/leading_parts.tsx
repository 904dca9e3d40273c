import { bestRun } from "../../analysis/ranking.ts";
import { compileChart } from "../../report/page/chart/compile_chart.ts";
import { RunLeadContext } from "../../report/page/island.tsx";
import type { Leads } from "../../report/page/leads.ts";
import { type PageParts, pageParts } from "../../report/page/render_page.tsx";
import type { ReportModel } from "../../report/report_model.ts";
import { compareViewWords } from "../compare/words.ts";
import { runWords } from "../run/words.ts";

/** An experiment's parts, from which the reader comes to its runs and to comparisons of its trials. @param options.id as its address has it */
export function leadingParts(
  model: ReportModel,
  { id, most }: { id: string; most: "all" | "table" },
): PageParts {
  const { ranking, single, input: { language, objective } } = model;
  const words = runWords(language);
  const query = `?lang=${language}`;
  const leads: Leads = {
    run: [`/e/${id}/run/`, query],
    compare: [`/compare${query}`, `&e=${id}.`],
    compareText: compareViewWords(language).these,
    seeds: Object.fromEntries(
      ranking.map((ranked) => [ranked.trial, (bestRun(ranked, objective) ?? ranked.runs[0]).seed]),
    ),
  };
  const lead = ({ trial, seed }: { trial: number; seed: number }) => leads.run.join(`${trial}-${seed}`);
  const [{ runs }] = ranking;
  const { header, sections, ...parts } = pageParts(model, { compile: compileChart, leads, most });
  return {
    ...parts,
    // Of several runs a table has the ways.
    header: single === null || runs.length > 1 ? header : (
      <>
        {header}
        <aside class="besides to-run" aria-label={words.theRun}>
          <a href={lead(runs[0])}>{words.toRun}</a>
        </aside>
      </>
    ),
    sections: sections.map((section) => ({
      ...section,
      content: (
        <RunLeadContext.Provider value={lead}>
          {section.content}
        </RunLeadContext.Provider>
      ),
    })),
  };
}
