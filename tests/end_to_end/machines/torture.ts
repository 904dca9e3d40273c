import assert from "node:assert/strict";
import { NatsServer } from "../../nats_server.ts";
import { readResults } from "../../pipeline/tiny_experiment.ts";
import { generator } from "../torture.ts";
import { startSweep, startWorker, type SweepPlace, sweepToEnd } from "./machines.ts";
import type { Program } from "./program.ts";
import { ServerState } from "./server_state.ts";
import { grid, halving } from "./small_experiments.ts";
import { until } from "./until.ts";

const WORKERS = ["desk1", "desk2", "desk3"];
/** So few rounds at once: most of a round is waiting for a lease to run out. */
const ROUNDS_AT_ONCE = 3;

export interface MachineTorture {
  readonly rounds: number;
  readonly seed: number;
  /** An empty folder. */
  readonly folder: string;
  log?(line: string): void;
}

/** What was seen, of all rounds. */
export interface MachineTally {
  kills: number;
  /** Runs, how often one was given to a worker, and trainings that were begun. */
  runs: number;
  deliveries: number;
  begun: number;
}

/**
 * Sweeps over three worker processes and a server, of which some are killed by SIGKILL at moments drawn by chance and started again, in
 * each round with everything new. Each round must end with the results of a sweep on one machine alone, no more trainings may have been
 * begun than runs were delivered, none of a run more often than something died, and nothing may be left in the queue.
 */
export async function tortureMachines(options: MachineTorture): Promise<MachineTally> {
  const { rounds, seed, folder, log = () => {} } = options;
  const tally: MachineTally = { kills: 0, runs: 0, deliveries: 0, begun: 0 };
  const configs = await Promise.all([grid(folder), halving(folder)]);
  const undisturbed = await Promise.all(configs.map(async (config, i) => {
    await sweepToEnd(null, { config, folder, out: `local${i}` });
    return { config, expected: await readResults(`${folder}/local${i}`) };
  }));
  let next = 0;
  const lane = async () => {
    for (let round = next++; round < rounds; round = next++) {
      const random = generator(seed + round);
      const place = `${folder}/round${round}`;
      await Deno.mkdir(place);
      const told = await tortureRound({
        ...undisturbed[round % 3 === 2 ? 1 : 0],
        folder: place,
        random,
        tally,
      }).catch((error) => {
        // The others end with the round that they are in.
        next = rounds;
        throw new Error(`round ${round}`, { cause: error });
      });
      log(`round ${round}: ${told.join(", ")}`);
      await Deno.remove(place, { recursive: true });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: ROUNDS_AT_ONCE }, lane));
  const failures = ends.flatMap((end) => end.status === "rejected" ? [end.reason] : []);
  if (failures.length > 0) throw failures[0];
  return tally;
}

/**
 * The server says in its log what it sends: a killed one forgets what it counted, and who listens to what workers are sent makes it believe
 * that the dead still ask for jobs.
 */
const TRACED = ["--trace", "--max_traced_msg_len", "1"];
const DELIVERY = /->> \[MSG \S+ \S+ \$JS\.ACK\.\S+-jobs\./;

/** One that is to be killed, when so many more lines of the sweep and then so many milliseconds have passed, and how long it is away. */
interface Kill {
  readonly victim: string;
  readonly lines: number;
  readonly delay: number;
  readonly pause: number;
}

/** One to four; a run is given up when three workers died of it, so at most two of them do. */
function drawKills(random: () => number): Kill[] {
  const draw = (below: number) => Math.floor(below * random());
  const victims = [...WORKERS, "sweep", "server"];
  const kills = Array.from({ length: 1 + draw(4) }, () => ({
    victim: victims[draw(victims.length)],
    lines: draw(120),
    delay: draw(300),
    pause: draw(1500),
  }));
  let workers = 0;
  return kills.filter(({ victim }) => !WORKERS.includes(victim) || ++workers <= 2);
}

interface Round {
  readonly config: string;
  readonly expected: Record<string, string>;
  readonly folder: string;
  readonly random: () => number;
  readonly tally: MachineTally;
}

/** Returns what was killed, and when. */
async function tortureRound({ config, expected, folder, random, tally }: Round): Promise<string[]> {
  const told: string[] = [];
  let deliveries = 0;
  const server = await NatsServer.start(folder, {
    args: TRACED,
    onLog: (line) => void (deliveries += DELIVERY.test(line) ? 1 : 0),
  });
  const place: SweepPlace = { config, folder, out: "out" };
  // All that was ever started, by its name, the running one last.
  const started = new Map<string, Program[]>();
  const start = async (name: string) => {
    const program = name === "sweep"
      ? startSweep(server.url, place)
      : await startWorker(server.url, { name, folder });
    started.set(name, [...started.get(name) ?? [], program]);
  };
  const running = (name: string) => started.get(name)!.at(-1)!;
  try {
    await using state = await ServerState.open(server.url);
    const begun = countBegun(state);
    await Promise.all([...WORKERS, "sweep"].map(start));
    for (const { victim, lines, delay, pause } of drawKills(random)) {
      const sweep = running("sweep");
      const moment = sweep.says(/./, sweep.lines.length + lines).then(() => true, () => false);
      if (!await moment) break;
      await wait(delay);
      if (victim === "server") await server.stop("SIGKILL");
      else await running(victim).end("SIGKILL");
      told.push(`${victim} after ${lines} lines and ${delay} ms`);
      tally.kills++;
      await wait(pause);
      if (victim === "server") await server.restart();
      else await start(victim);
    }
    const sweep = running("sweep");
    const { code } = await sweep.ended;
    const failed = sweep.lines.filter((line) => line.includes('"failed"'));
    assert.equal(code, 0, [told, ...failed, ...sweep.lines.slice(-20)].join("\n"));
    assert.deepEqual(await readResults(`${folder}/out`), expected, told.join());
    await until(async () => (await unanswered(state)).length === 0);
    const total = [...begun.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(total <= deliveries, `${told}: ${total} trainings begun of ${deliveries} deliveries`);
    assert.ok([...begun.values()].every((count) => count <= 1 + told.length), told.join());
    tally.runs += await state.results();
    tally.deliveries += deliveries;
    tally.begun += total;
  } finally {
    for (const program of [...started.values()].flat()) if (program.running) await program.end("SIGKILL");
    await server.stop();
  }
  return told;
}

/**
 * Jobs in the queue of which there is no result. A server that is killed may forget that it removed a job which its consumer knows to be
 * done (seen with 2.9.10): that one stays, and is given to nobody.
 */
async function unanswered(state: ServerState): Promise<string[]> {
  const keys = async (part: string) =>
    (await state.subjects(part)).map((subject) => subject.split(".").slice(-2).join("."));
  const done = new Set(await keys(".results."));
  return (await keys(".jobs.")).filter((key) => !done.has(key));
}

/** How often each run was begun, as workers tell whoever listens; counted from now on. */
function countBegun({ connection }: ServerState): Map<string, number> {
  const begun = new Map<string, number>();
  connection.subscribe("*.progress.>", {
    callback: (_, message) => {
      const { type } = message.json<{ type: string }>();
      if (type === "start") begun.set(message.subject, (begun.get(message.subject) ?? 0) + 1);
    },
  });
  return begun;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
