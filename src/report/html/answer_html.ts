import { formatPercent } from "../../text/numbers.ts";
import type { ReportModel } from "../report_model.ts";
import { answerData, introduction, type Published } from "../sections/answer_data.ts";
import { boldHtml, escapeHtml, head, ROW, type Section, TEXT } from "./markup.ts";

export function answerHtml(model: ReportModel): Section {
  const { t } = model;
  const section = { id: "answer", title: t.answer.heading };
  const intro = `<p class="note">${boldHtml(introduction(model))}</p>`;
  const answer = answerData(model);
  if (answer === null) {
    return { ...section, body: `<p class="lead bad">${escapeHtml(t.answer.none)}</p>${intro}` };
  }
  const { title, over, accuracy, figures, published } = answer;
  const big = accuracy === null
    ? ""
    : `<p class="big">${(100 * accuracy.value).toFixed(2)}<small>%</small></p>
<p class="lead">${escapeHtml(t.answer.testAccuracy)}</p>
${accuracy.basis.map((basis) => `<p class="note">${escapeHtml(basis)}</p>`).join("")}`;
  const table = `<table><caption>${escapeHtml(t.answer.figures)}</caption><tbody>${
    figures.map(({ label, value }) => `<tr>${head(label, ROW)}<td>${value}</td></tr>`).join("")
  }</tbody></table>`;
  const body = `<div class="hero"><div>${big}
<p class="best"><strong>${escapeHtml(title)}</strong><br><span class="note">${
    escapeHtml(over.join(t.comma))
  }</span></p>
${intro}</div><div>${table}${published === null ? "" : publishedTable(model, published)}</div></div>`;
  return { ...section, body };
}

function publishedTable({ t }: ReportModel, { title, results, source }: Published): string {
  const most = results.reduce((top, { error }) => Math.max(top, error), 0);
  const rows = results.map(({ network, error, own }) =>
    `<tr${own ? ' class="own"' : ""}><th scope="row" class="text">${escapeHtml(network)}${
      own ? `<br><span class="note">${escapeHtml(t.answer.here)}</span>` : ""
    }</th><td>${formatPercent(error)}</td><td class="bars"><span class="bar" style="width:${
      (100 * error / most).toFixed(1)
    }%"></span></td></tr>`
  );
  return `<h3>${escapeHtml(title)}</h3>
<table><thead><tr>${head(t.answer.network, TEXT)}${head(t.answer.testError)}<td></td></tr></thead><tbody>${
    rows.join("\n")
  }</tbody></table>
<p class="note">${escapeHtml(source)}</p>`;
}
