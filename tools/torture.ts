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

const [kills, seed] = [wholeNumber("kills", Deno.args[0] ?? "200"), wholeNumber("seed", Deno.args[1] ?? "1")];
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

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`Cannot torture: ${name} must be a whole number, found ${text}`);
  Deno.exit(2);
}
