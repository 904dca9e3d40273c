import { cpuUsage } from "node:process";
import { RandomState } from "../../src/random/random_state.ts";
import type { Attempt } from "./kinds.ts";
import { KINDS } from "./kinds.ts";
import { judge, judgeError } from "./judge.ts";
import { World } from "./world.ts";

/** To the worker. */
export interface FuzzOrder {
  readonly folder: string;
  readonly seed: number;
  /** Kinds and the numbers of their inputs, in order. */
  readonly inputs: readonly (readonly [kind: string, index: number])[];
}

/** From the worker: an input is begun, and it has ended. */
export type FuzzNews =
  | {
    readonly type: "begin";
    readonly kind: string;
    readonly index: number;
    readonly task: string;
    readonly input: Uint8Array | string;
  }
  | {
    readonly type: "end";
    readonly seconds: number;
    readonly refused: boolean;
    readonly finding: string | null;
  }
  | { readonly type: "ready" | "done" };

/** Above this an input is a finding, by what the same takes with an input that is right. */
const MAX_SECONDS = 1;

/** What passed, or what of it the processor worked here: on a busy machine the rest is other programs'. */
function stopwatch(): () => number {
  const start = performance.now(), before = cpuUsage();
  return () => {
    const { user, system } = cpuUsage(before);
    return Math.min((performance.now() - start) / 1000, (user + system) / 1e6);
  };
}

/** The types of Deno know the main thread only. */
const scope = self as unknown as {
  postMessage(news: FuzzNews): void;
  onmessage: (event: MessageEvent<FuzzOrder>) => void;
};
const post = (news: FuzzNews) => scope.postMessage(news);

scope.onmessage = async ({ data }: MessageEvent<FuzzOrder>) => {
  const { folder, seed, inputs } = data;
  const world = await World.create(folder);
  const allowance = await timeRight(world);
  post({ type: "ready" });
  for (const [kind, index] of inputs) {
    // Three whole numbers as one: no two inputs share a generator, and none depends on which others are tried.
    const place = Object.keys(KINDS).indexOf(kind);
    const random = new RandomState((Math.imul(seed, 0x9e3779b1) ^ (place << 24) ^ index) >>> 0);
    const attempt = await KINDS[kind].attempt(random, world);
    post({ type: "begin", kind, index, task: attempt.task, input: attempt.input });
    let result = await tryOut(attempt);
    const limit = MAX_SECONDS +
      (attempt.task.startsWith("sweep") || attempt.task.startsWith("verify") ? allowance : 0);
    if (result.seconds > limit) {
      // The compiler and the garbage collector work beside it.
      const again = await tryOut(attempt);
      result = { ...result, seconds: Math.min(result.seconds, again.seconds) };
    }
    const slow = result.seconds > limit ? `took ${result.seconds.toFixed(1)} s` : null;
    const touched = await world.isUntouched() ? null : "changed a file outside the folder that it was given";
    post({ type: "end", ...result, finding: result.finding ?? touched ?? slow });
  }
  post({ type: "done" });
};

/** Seconds that verify takes with what is right: a sweep takes no longer. */
async function timeRight(world: World): Promise<number> {
  const times = [];
  for (let i = 0; i < 2; i++) {
    const seconds = stopwatch();
    await world.run("verify", `${world.folder}/results`, "--workers", "1");
    times.push(seconds());
  }
  return 2 * Math.max(...times);
}

async function tryOut(
  attempt: Attempt,
): Promise<{ seconds: number; refused: boolean; finding: string | null }> {
  const seconds = stopwatch();
  try {
    const outcome = await attempt.run();
    const time = seconds();
    if (!outcome) return { seconds: time, refused: false, finding: null };
    return { seconds: time, refused: outcome.code !== 0, finding: judge(outcome.code, outcome.err) };
  } catch (error) {
    return { seconds: seconds(), refused: true, finding: judgeError(error) };
  }
}
