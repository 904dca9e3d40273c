import { formatCount } from "../src/text/numbers.ts";
import { escapeMarkdown, type MarkdownColumn, markdownTable } from "../src/text/markdown.ts";
import { type Case, EPOCH_IMAGES, layerSizes } from "./cases.ts";
import { trainingFlops } from "./flops.ts";
import type { Profile } from "./profile.ts";
import type { Program } from "./programs.ts";
import type { Outcome, Times } from "./race.ts";
import { median, medianRatio } from "./statistics.ts";

/** What was measured in a case; outcomes in the order of the programs' names. */
export interface CaseResult {
  readonly benchmark: Case;
  readonly outcomes: readonly Outcome[];
  readonly profile: Profile | null;
}

/** What and where it was measured. */
export interface Setting {
  readonly machine: string;
  readonly versions: string;
  readonly date: string;
  readonly data: string;
  readonly rounds: number;
  /** Ours first. */
  readonly programs: readonly Pick<Program, "name" | "note">[];
}

/** The report of a benchmark in Markdown. */
export function formatResults(setting: Setting, results: readonly CaseResult[]): string {
  const sections = [
    "# Benchmark",
    introduction(setting),
    "## How many times longer than ours the others take",
    ratioTable(setting, results),
    "Images/s and GFLOP/s are ours. GFLOP/s counts the arithmetic of a dense implementation, 2 operations for each weight in the " +
    "forward pass, in the gradient by the weights and in that by a layer's input; ours skips what a zero pixel takes part in.",
    `## Seconds for an epoch of ${formatCount(EPOCH_IMAGES)} images`,
    secondsTable(setting, results),
    [spread(setting, results), ...footnotes(setting, results)].join("\n"),
    ...results.flatMap(({ benchmark, profile }) => profile ? profileSection(benchmark, profile) : []),
  ];
  return sections.join("\n\n") + "\n";
}

/** What a program trains, and how if not by SGD: 784-400-200-10 tanh, adam. */
function describeNetwork({ hidden, activation, optimizer }: Case): string {
  const network = `${layerSizes({ hidden }).join("-")} ${activation}`;
  return optimizer === undefined ? network : `${network}, ${optimizer}`;
}

function introduction({ machine, versions, date, data, rounds }: Setting): string {
  return [
    `- ${machine}; ${versions}; ${date}.`,
    `- Training loop alone, SGD unless another optimizer is named, on ${
      formatCount(EPOCH_IMAGES)
    } images of ${data}.`,
    `- All programs run in turn on one core with one thread, ${rounds} times each after a warm-up; the median counts, of the ratio ` +
    "within a round or of the time. A round is a few seconds, of part of an epoch or of several.",
  ].join("\n");
}

const NETWORK: readonly MarkdownColumn[] = [{ title: "network" }, { title: "batch", align: "right" }];

function right(title: string): MarkdownColumn {
  return { title, align: "right" };
}

function networkCells(benchmark: Case): string[] {
  return [describeNetwork(benchmark), String(benchmark.batch)];
}

function ratioTable({ programs }: Setting, results: readonly CaseResult[]): string {
  const others = programs.slice(1).map(({ name }) => name);
  const columns = [...NETWORK, ...["images/s", "GFLOP/s", ...others].map(right)];
  const rows = results.map(({ benchmark, outcomes: [ours, ...rest] }) => {
    if ("failure" in ours) return [...networkCells(benchmark), ...others.map(() => "–"), "–", "–"];
    const rate = EPOCH_IMAGES / median(ours.epochSeconds);
    const gflops = rate * trainingFlops(layerSizes(benchmark)) / 1e9;
    const ratios = rest.map((other) => "failure" in other ? shortFailure(other) : formatRatio(other, ours));
    return [...networkCells(benchmark), formatCount(Math.round(rate)), gflops.toFixed(0), ...ratios];
  });
  return markdownTable(columns, rows);
}

function secondsTable({ programs }: Setting, results: readonly CaseResult[]): string {
  const rows = results.map(({ benchmark, outcomes }) => [
    ...networkCells(benchmark),
    ...outcomes.map((outcome) =>
      "failure" in outcome ? shortFailure(outcome) : formatFigure(median(outcome.epochSeconds))
    ),
  ]);
  return markdownTable([...NETWORK, ...programs.map(({ name }) => right(name))], rows);
}

function profileSection(benchmark: Case, { peak, epochSeconds, kernels }: Profile): string[] {
  const sorted = kernels.toSorted((a, b) => b.seconds - a.seconds);
  const rest = epochSeconds - sorted.reduce((sum, { seconds }) => sum + seconds, 0);
  const row = (name: string, seconds: number, flops: number | null) => [
    name,
    seconds.toFixed(3),
    `${(100 * seconds / epochSeconds).toFixed(0)}%`,
    flops === null ? "" : (flops / seconds / 1e9).toFixed(0),
    flops === null ? "" : `${(100 * flops / seconds / peak).toFixed(0)}%`,
  ];
  const total = sorted.reduce((sum, { flops }) => sum + (flops ?? 0), 0);
  const rows = [
    ...sorted.map(({ name, seconds, flops }) => row(name, seconds, flops)),
    row("the rest: JavaScript and the timers", rest, null),
    row("an epoch", epochSeconds, total),
  ];
  const columns = [
    { title: "kernel" },
    ...["seconds an epoch", "share", "GFLOP/s", "of the peak"].map(right),
  ];
  return [
    `## Kernels: ${describeNetwork(benchmark)}, batch ${benchmark.batch}`,
    markdownTable(columns, rows),
    `Arithmetic that is really done, timed inside the training. The peak, ${
      (peak / 1e9).toFixed(0)
    } GFLOP/s, is what independent ` +
    "multiplications and additions in registers reach on this core in strict WebAssembly SIMD, which has no fused multiply-add.",
  ];
}

function formatRatio(other: Times, ours: Times): string {
  return `${formatFigure(medianRatio(other.epochSeconds, ours.epochSeconds))}x`;
}

/** Three significant digits, and all of a whole number: 0.0123, 1.23, 1,234. */
function formatFigure(value: number): string {
  return value < 100 ? value.toPrecision(3) : formatCount(Math.round(value));
}

function shortFailure({ failure }: { failure: string }): string {
  return failure === "not found" ? failure : "failed";
}

/** How far rounds lay from their median: how much to trust the figures. */
function spread({ programs }: Setting, results: readonly CaseResult[]): string {
  const deviations = results.flatMap(({ benchmark, outcomes }) =>
    outcomes.flatMap((outcome, i) => {
      if ("failure" in outcome) return [];
      const middle = median(outcome.epochSeconds);
      const from = outcome.epochSeconds.map((seconds) => Math.abs(seconds / middle - 1));
      return {
        typical: median(from),
        worst: Math.max(...from),
        where: `${programs[i].name}, ${benchmark.name}`,
      };
    })
  );
  if (deviations.length === 0) return "";
  const worst = deviations.reduce((a, b) => b.worst > a.worst ? b : a);
  const percent = (share: number) => `${(100 * share).toFixed(0)}%`;
  return `- Rounds lay within ${
    percent(median(deviations.map(({ typical }) => typical)))
  } of their median as a rule, ` +
    `within ${percent(worst.worst)} at worst (${worst.where}).`;
}

/** What the programs are, and why some failed. */
function footnotes({ programs }: Setting, results: readonly CaseResult[]): string[] {
  return programs.map(({ name, note }, i) => {
    const said = results.flatMap(({ benchmark, outcomes }) => {
      const outcome = outcomes[i];
      if (!("failure" in outcome)) return outcome.program;
      return outcome.failure === "not found"
        ? "not found"
        : `failed in ${benchmark.name}: ${outcome.failure}`;
    });
    return `- ${name}: ${escapeMarkdown([...new Set(said), note ?? []].flat().join("; "))}.`;
  });
}
