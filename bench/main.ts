// deno task bench: our training against NumPy, scikit-learn, PyTorch and TensorFlow.js, in turn on one core.

import { Command, CommanderError, Option } from "@commander-js/extra-typings";
import { UserError } from "../pipeline/system/errors.ts";
import { type Case, CASES, LEARNING_RATES, SIGMA } from "./cases.ts";
import { timeAsked } from "./commands_asked.ts";
import { timeSweeps } from "./commands_sweep.ts";
import { compilePeak } from "./compile_peak.ts";
import { Contestant } from "./contestant.ts";
import { prepareData } from "./data.ts";
import { measuringCore, processorName } from "./machine.ts";
import { findPythons, profileOurs, PROGRAMS, startProgram } from "./programs.ts";
import { race } from "./race.ts";
import { type CaseResult, formatResults } from "./results.ts";
import type { ProgramOptions } from "./serve.ts";

const RESULTS = new URL("./results.md", import.meta.url);
const ROUNDS = { full: 5, quick: 3 };
/** Share of a case's seconds that a measure takes with --quick. */
const QUICK_SHARE = 0.15;

const command = new Command("deno task bench")
  .description(
    "Times our training against peers, in turn on one core. A full run takes ten minutes and writes bench/results.md.",
  )
  .option("--quick", "measure briefly: less exact, and nothing is written")
  .addOption(
    new Option("--case <name...>", "measure these cases alone; nothing is written")
      .choices(CASES.map(({ name }) => name)),
  )
  .addOption(
    new Option("--mnist <dir>", "folder of MNIST's files; without it, drawn digits are trained on").env(
      "MNIST_DIR",
    ),
  )
  .addOption(
    new Option(
      "--against <dir>",
      "the project in another state: sweeps alone are measured, of both in turn; nothing is written",
    )
      .conflicts("case"),
  )
  .helpOption("-h, --help", "show this help")
  .exitOverride();

async function bench({ quick, case: names, mnist, against }: ReturnType<typeof command.opts>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "bench-" });
  const cleanUp = () => Deno.removeSync(folder, { recursive: true });
  Deno.addSignalListener("SIGINT", () => {
    cleanUp();
    Deno.exit(130);
  });
  try {
    const swept = { folder: `${folder}/swept`, mnist, rounds: quick ? 1 : 5 };
    if (against !== undefined) return console.log(await timeSweeps({ ...swept, against }));
    const data = await prepareData(folder, { mnist });
    const peakFile = `${folder}/peak.wasm`;
    await Deno.writeFile(peakFile, await compilePeak());
    const place = { core: await measuringCore(), pythons: await findPythons(PROGRAMS) };
    const rounds = quick ? ROUNDS.quick : ROUNDS.full;
    const results: CaseResult[] = [];
    for (const benchmark of CASES.filter(({ name }) => !names || names.includes(name))) {
      const { hidden, activation, batch, optimizer = "sgd" } = benchmark;
      const training = { hidden, activation, batch, optimizer, learningRate: LEARNING_RATES[optimizer] };
      const options = { data: folder, ...training, sigma: SIGMA };
      const seconds = benchmark.seconds * (quick ? QUICK_SHARE : 1);
      const outcomes = await runCase({ ...benchmark, seconds }, { options, place, rounds });
      const profile = benchmark.profiled ? await profileOurs(peakFile, options, place.core) : null;
      results.push({ benchmark, outcomes, profile });
    }
    const setting = {
      machine: await processorName() + (place.core === null ? "" : `, core ${place.core}`),
      versions: `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}`,
      date: new Date().toISOString().slice(0, 10),
      data,
      rounds,
      programs: PROGRAMS,
    };
    // Beside the training: what a person waits for.
    const commands = names ? [] : [
      await timeAsked(`${folder}/asked`, quick ? 3 : 9),
      await timeSweeps({ ...swept, peer: { python: place.pythons.get("sklearn"), images: folder } }),
    ];
    const report = [formatResults(setting, results), ...commands.map((text) => `${text}\n`)].join("\n");
    console.log(report);
    if (!quick && !names) await Deno.writeTextFile(RESULTS, report);
  } finally {
    cleanUp();
  }
}

/** Starts all programs, lets them train in turn and ends them. */
async function runCase(
  benchmark: Case,
  { options, place, rounds }: {
    options: ProgramOptions;
    place: Parameters<typeof startProgram>[2];
    rounds: number;
  },
) {
  showProgress(`${benchmark.name}: starting`);
  const contestants = await Promise.all(
    PROGRAMS.map((program) =>
      startProgram(program, options, place).catch((error) => ({ failure: (error as Error).message }))
    ),
  );
  try {
    const progress = (done: number, total: number) => showProgress(`${benchmark.name}: ${done} of ${total}`);
    return await race(contestants, { ...benchmark, rounds, progress });
  } finally {
    showProgress("");
    await Promise.all(
      contestants.map((contestant) => contestant instanceof Contestant ? contestant.close() : null),
    );
  }
}

/** Replaces the line of progress, where someone watches. */
function showProgress(text: string): void {
  if (Deno.stderr.isTerminal()) Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${text}`));
}

try {
  command.parse(Deno.args, { from: "user" });
  await bench(command.opts());
} catch (error) {
  if (error instanceof CommanderError) Deno.exit(error.exitCode === 0 ? 0 : 2);
  if (!(error instanceof UserError)) throw error;
  console.error(`error: ${error.message}`);
  Deno.exit(error.exitCode);
}
