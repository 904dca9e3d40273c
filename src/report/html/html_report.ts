import { sha256 } from "@noble/hashes/sha2.js";
import { THEMES } from "../charts/palette.ts";
import { curveSet } from "../sections/curve_data.ts";
import { effectCharts } from "../sections/effect_charts.ts";
import type { ReportModel } from "../report_model.ts";
import { cutTable } from "../sections/table_data.ts";
import { answerHtml } from "./answer_html.ts";
import { classesHtml, confusionHtml, filtersHtml, mistakesHtml } from "./best_run_html.ts";
import { curvesHtml, diagnosticsHtml, effectsHtml } from "./charts_html.ts";
import { howHtml } from "./how_html.ts";
import { embedJson, escapeHtml, type Section } from "./markup.ts";
import { pageData } from "./page_data.ts";
import { trialsHtml } from "./trials_html.ts";

export interface PageAssets {
  /** Classic scripts, in order: vega, its interpreter, the page's own. */
  readonly scripts: readonly string[];
  /** CSS; the page defines the charts' colours for it, as variables. */
  readonly style: string;
}

/** Rows of the ranked table: a reader who wants more has `results.csv`. */
const MAX_TRIALS = 100;
const FIRST_TICKED = 5;

/**
 * `report.html`: the whole report as one file that needs nothing else. Its policy allows no connection and no script but those that are
 * in it, by their hashes.
 */
export function htmlReport(model: ReportModel, assets: PageAssets): string {
  const { t, input } = model;
  const cut = cutTable(model, MAX_TRIALS);
  const effects = effectCharts(model);
  const tabled = [...cut.shown, ...cut.broken].map(({ trial }) => trial);
  const set = curveSet(model, FIRST_TICKED, tabled);
  const data = pageData(model, { tabled, set, effects });
  const sections = [
    answerHtml(model),
    trialsHtml(model, cut),
    curvesHtml(model, set, data),
    effectsHtml(model, effects, data),
    confusionHtml(model),
    classesHtml(model),
    mistakesHtml(model),
    filtersHtml(model),
    diagnosticsHtml(model, data),
    howHtml(model),
  ].filter((section) => section !== null);
  const scripts = assets.scripts.map((script) => script.replaceAll("</script", "<\\/script"));
  const hashes = scripts.map((script) => `'sha256-${sha256(new TextEncoder().encode(script)).toBase64()}'`);
  const policy =
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ${hashes.join(" ")}; ` +
    "base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="${t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(input.name)}</title>
<style>${themeStyle()}${assets.style}</style>
</head>
<body>
<a class="skip" href="#answer">${escapeHtml(t.page.skip)}</a>
<header><h1>${escapeHtml(input.name)}</h1></header>
<nav aria-label="${escapeHtml(t.page.contents)}"><ul>${
    sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`).join("")
  }</ul></nav>
<main>
<noscript><p class="bad">${escapeHtml(t.page.noScript)}</p></noscript>
${sections.map(sectionHtml).join("\n")}
</main>
<div id="tip" hidden></div>
${embedJson("report-data", data)}
${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

function sectionHtml({ id, title, body }: Section): string {
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${
    escapeHtml(title)
  }</h2>\n${body}</section>`;
}

/** The charts' colours for the rest of the page: by the reader's ground, and light on paper. */
function themeStyle(): string {
  const variables = (theme: keyof typeof THEMES) =>
    `:root{${Object.entries(THEMES[theme]).map(([name, colour]) => `--${name}:${colour}`).join(";")}}`;
  return `${variables("light")}@media (prefers-color-scheme:dark){${variables("dark")}}@media print{${
    variables("light")
  }}`;
}
