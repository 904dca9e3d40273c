import type { ExperimentState, ExperimentSummary, ListNews } from "./summary.ts";

type Summaries = ReadonlyMap<string, ExperimentSummary>;

/** The list after a message. Told twice, it changes nothing. */
export function withNews(before: Summaries, { all, changed, gone }: ListNews): Summaries {
  const after = new Map(all ? [] : before);
  for (const summary of changed) after.set(summary.id, summary);
  for (const id of gone) after.delete(id);
  return after;
}

/** Those that are shown: with every word of the search in what is said of them. The running ones first, then the latest. */
export function shownExperiments(
  summaries: Summaries,
  { search, state, datasets = {} }: {
    search: string;
    state: ExperimentState | null;
    /** What data are called that have no name. */
    datasets?: Readonly<Record<string, string>>;
  },
): ExperimentSummary[] {
  const words = plain(search).split(/\s+/).filter((word) => word !== "");
  const matches = (summary: ExperimentSummary) => {
    const { name, title, place, dataset } = summary;
    const text = plain([name, title, place, dataset, datasets[dataset ?? ""]].join(" "));
    return (state === null || summary.state === state) && words.every((word) => text.includes(word));
  };
  const isRunning = ({ state }: ExperimentSummary) => Number(state === "running");
  return [...summaries.values()].filter(matches).sort((a, b) =>
    isRunning(b) - isRunning(a) || b.at - a.at || (a.place < b.place ? -1 : 1)
  );
}

/** Without differences that nobody means: capitals, and the widths of letters. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
