// `deno task torture [kills] [seed]`: kills sweeps until something breaks, or enough have been killed.
import { torture, type Victim } from "../tests/end_to_end/torture.ts";

/** Quickstart, and two trainings so long that they go on from checkpoints. */
const VICTIMS: Record<string, Victim> = {
  quickstart: { args: [], epochs: 24 },
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

const kills = Number(Deno.args[0] ?? 200), seed = Number(Deno.args[1] ?? 1);
for (const [i, [name, victim]] of Object.entries(VICTIMS).entries()) {
  const folder = await Deno.makeTempDir({ prefix: "torture-" });
  try {
    const share = i === 0 ? kills - Math.floor(kills / 5) : Math.floor(kills / 5);
    const log = (line: string) => console.log(`${name}: ${line}`);
    const ends = await torture({ victim, kills: share, seed: seed + i, folder, log });
    console.log(`${name}: ${share} kills, ${ends} ends, all of the same bytes`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
