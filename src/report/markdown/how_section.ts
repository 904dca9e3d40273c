import { codeBlock, escapeMarkdown } from "../../text/markdown.ts";
import type { ReportModel } from "../report_model.ts";
import { TIMINGS_SLOT } from "../timings_slot.ts";
import { details } from "./blocks.ts";

const MAX_SEEDS_NAMED = 20;

/** How it was run, and the one command that does it again. */
export function howSection({ t, best, input }: ReportModel): string[] {
  const { command, config, versions, data, rows } = input;
  const parts = [`## ${t.how.heading}`];
  if (command !== undefined) parts.push(t.how.again, codeBlock(command, "sh"));
  const items = [`${t.how.time}${t.colon}${TIMINGS_SLOT}`];
  const pinned = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  if (pinned.length > 0) items.push(`${t.how.madeWith}${t.colon}${escapeMarkdown(pinned.join(t.comma))}`);
  const seeds = [...new Set(rows.map(({ seed }) => seed))].sort((a, b) => a - b);
  items.push(
    `${t.how.seeds}${t.colon}${seeds.slice(0, MAX_SEEDS_NAMED).join(t.comma)}${
      seeds.length > MAX_SEEDS_NAMED ? `${t.comma}${t.table.more(seeds.length - MAX_SEEDS_NAMED)}` : ""
    }`,
  );
  const hashes = Object.entries(data).map(([name, sha256]) => `${name} \`${sha256.slice(0, 16)}…\``);
  if (hashes.length > 0) items.push(`${t.how.data}${t.colon}${hashes.join(t.comma)}`);
  if (best !== undefined && best.weights_sha256 !== null) {
    items.push(t.how.weights(t.run(best.trial, best.seed), `\`${best.weights_sha256}\``));
  }
  parts.push(items.map((item) => `- ${item}`).join("\n"));
  if (config !== undefined) parts.push(details(t.how.config, codeBlock(config, "yaml")));
  const files = [
    `[results.csv](results.csv)${t.colon}${t.how.files.results}`,
    `[history.csv](history.csv)${t.colon}${t.how.files.history}`,
    `\`runs/TRIAL-SEED/\`${t.colon}${t.how.files.runs}`,
    `[manifest.json](manifest.json)${t.colon}${t.how.files.manifest}`,
    `[timings.csv](timings.csv)${t.colon}${t.how.files.timings}`,
  ];
  parts.push(`### ${t.how.sources}`, files.map((file) => `- ${file}`).join("\n"), t.how.definitions);
  return parts;
}
