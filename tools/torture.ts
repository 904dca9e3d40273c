// `deno task torture [kills] [seed]`: kills sweeps until something breaks, or enough have been killed.
// `deno task torture --on [rounds] [seed]`: kills sweeps, workers and the server between them.
import { tortureMachines } from "../tests/end_to_end/machines/torture.ts";
import { torture, type Victim } from "../tests/end_to_end/torture.ts";
import { NATS_SERVER } from "../tests/nats_server.ts";
import { inTemporaryFolder } from "../tests/pipeline/in_temporary_folder.ts";

/** Quickstart, quickstart while it makes and writes its report, and two trainings so long that they go on from checkpoints. */
const VICTIMS: Record<string, Victim> = {
  quickstart: { args: [], epochs: 24 },
  "the report": { args: [], epochs: 24, reporting: true },
  "long trainings": {
    args: [
      "--set",
      "train.epochs=200",
      "--set",
      "model.hidden=[100]",
      "--set",
      "train.optimizer=momentum",
      "--set",
      "train.shuffle=each_epoch",
      "--set",
      "sweep.parameters={train.learning_rate: [0.01, 0.02]}",
    ],
    epochs: 300,
  },
};

if (Deno.args[0] === "--on") {
  if (NATS_SERVER === undefined) fail("nats-server must be there (apt-get install nats-server)");
  const [rounds, seed] = numbers(Deno.args.slice(1), { rounds: "50", seed: "1" });
  await inTemporaryFolder(async (folder) => {
    const told = await tortureMachines({ rounds, seed, folder, log: (line) => console.log(line) });
    const { kills, runs, deliveries, begun } = told;
    console.log(
      `${rounds} rounds, ${kills} kills: ${runs} runs of the same bytes, begun ${begun} times of ${deliveries} deliveries`,
    );
  });
} else {
  const [kills, seed] = numbers(Deno.args, { kills: "200", seed: "1" });
  for (const [i, [name, victim]] of Object.entries(VICTIMS).entries()) {
    await inTemporaryFolder(async (folder) => {
      const share = i === 0 ? kills - 2 * Math.floor(kills / 5) : Math.floor(kills / 5);
      const log = (line: string) => console.log(`${name}: ${line}`);
      const ends = await torture({ victim, kills: share, seed: seed + i, folder, log });
      console.log(`${name}: ${share} kills, ${ends} ends, all of the same bytes`);
    });
  }
}

/** Whole numbers of the command line, by their names and what they are where nothing is said. */
function numbers(args: readonly string[], defaults: Record<string, string>): number[] {
  return Object.entries(defaults).map(([name, value], i) => {
    const text = args[i] ?? value;
    return /^\d{1,9}$/.test(text) ? Number(text) : fail(`${name} must be a whole number, found ${text}`);
  });
}

function fail(why: string): never {
  console.error(`Cannot torture: ${why}`);
  Deno.exit(2);
}
