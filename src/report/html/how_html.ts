import { withoutControls } from "../../text/controls.ts";
import type { ReportModel } from "../report_model.ts";
import { namedSeeds } from "../sections/table_data.ts";
import { TIMINGS_SLOT } from "../timings_slot.ts";
import { escapeHtml, type Section } from "./markup.ts";

export function howHtml(model: ReportModel): Section {
  const { t, best, input: { command, config, versions, data } } = model;
  const items: [string, string][] = [[escapeHtml(t.how.time), TIMINGS_SLOT]];
  const pinned = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(t.comma);
  if (pinned !== "") items.push([escapeHtml(t.how.madeWith), escapeHtml(pinned)]);
  items.push([escapeHtml(t.how.seeds), escapeHtml(namedSeeds(model))]);
  const hashes = Object.entries(data).map(([name, sha256]) =>
    `${escapeHtml(name)} <code>${escapeHtml(sha256)}</code>`
  );
  if (hashes.length > 0) items.push([escapeHtml(t.how.data), hashes.join("<br>")]);
  if (best !== undefined && best.weights_sha256 !== null) {
    const run = escapeHtml(t.how.weightsOf(t.run(best.trial, best.seed)));
    items.push([run, `<code>${best.weights_sha256}</code>`]);
  }
  const files = Object.entries(t.how.files).map(([name, what]) =>
    `<li><a href="${name}">${name}</a>${t.colon}${escapeHtml(what)}</li>`
  );
  const code = (text: string) => `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>`;
  const body = `${
    command === undefined ? "" : `<p>${escapeHtml(t.how.again)}</p>${code(withoutControls(command))}`
  }
<dl>${items.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join("\n")}</dl>
${
    config === undefined
      ? ""
      : `<details><summary>${escapeHtml(t.how.config)}</summary>${code(config)}</details>`
  }
<h3>${escapeHtml(t.how.sources)}</h3><ul>${files.join("")}</ul><p class="note">${
    escapeHtml(t.how.definitions)
  }</p>`;
  return { id: "how", title: t.how.heading, body };
}
