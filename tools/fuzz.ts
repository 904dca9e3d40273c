// `deno task fuzz [--seed N] [--count M] [--input KIND/INDEX]`: tries broken inputs of every kind, and says what the program did not take
// well: an error that is none of its own, a crash, more than a second, a file changed outside of the folder that it was given. The same
// seed and count try the same inputs; a finding is tried again by its name.
import { parseArgs } from "node:util";
import type { FuzzNews, FuzzOrder } from "./fuzz/worker.ts";
import { KINDS } from "./fuzz/kinds.ts";

/** Of silence, after which an input counts as one without end. */
const MAX_SILENCE = 30;
const ALL = Object.values(KINDS).reduce((sum, { share }) => sum + share, 0);

interface Tally {
  tried: number;
  refused: number;
  findings: number;
  slowest: number;
}

const { seed: seedText, count: countText, input } = flags();
const [seed, count] = [wholeNumber("seed", seedText), wholeNumber("count", countText)];
const tallies = new Map<string, Tally>();
/** Made when something is found. */
let keep: string | undefined;
const start = performance.now();
let rest = input === undefined ? planned() : [named(input)];
while (rest.length > 0) rest = await work(rest);
const findings = [...tallies.values()].reduce((sum, tally) => sum + tally.findings, 0);
for (const [kind, { tried, refused, findings: found, slowest }] of tallies) {
  console.log(
    `${kind.padEnd(9)}${String(tried).padStart(5)} tried, ${String(refused).padStart(5)} refused, ` +
      `${String(found).padStart(3)} findings, slowest ${slowest.toFixed(2)} s`,
  );
}
console.log(
  `seed ${seed}: ${findings} findings in ${((performance.now() - start) / 1000).toFixed(0)} s` +
    (findings > 0 ? `; their inputs are in ${keep}` : ""),
);
Deno.exit(findings > 0 ? 1 : 0);

function flags() {
  try {
    return parseArgs({
      options: {
        seed: { type: "string", default: "1" },
        count: { type: "string", default: String(ALL) },
        input: { type: "string" },
      },
    }).values;
  } catch (error) {
    console.error(`Cannot fuzz: ${error instanceof Error ? error.message : error}`);
    Deno.exit(2);
  }
}

/** Every kind's share of the inputs, and of a small number at least one. */
function planned(): FuzzOrder["inputs"] {
  return Object.entries(KINDS).flatMap(([kind, { share }]) =>
    Array.from({ length: Math.max(1, Math.round(share * count / ALL)) }, (_, index) => [kind, index] as const)
  );
}

function named(input: string): FuzzOrder["inputs"][number] {
  const [, kind = "", index] = /^(\w+)\/(\d+)$/.exec(input) ?? [];
  if (Object.hasOwn(KINDS, kind)) return [kind, Number(index)];
  console.error(`Cannot fuzz: --input must be a kind and a number, such as config/3, found ${input}`);
  Deno.exit(2);
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`Cannot fuzz: --${name} must be a whole number, found ${text}`);
  Deno.exit(2);
}

/** Tries inputs until they have all ended or one does not end; returns those that are left. */
async function work(inputs: FuzzOrder["inputs"]): Promise<FuzzOrder["inputs"]> {
  const folder = await Deno.makeTempDir({ prefix: "fuzz-work-" });
  const worker = new Worker(new URL("./fuzz/worker.ts", import.meta.url), { type: "module" });
  let done = 0;
  let current: Extract<FuzzNews, { type: "begin" }> | null = null;
  const end = (news: Omit<Extract<FuzzNews, { type: "end" }>, "type">) => {
    if (current === null) throw new Error(`Cannot fuzz: an input must begin first, found ${news.finding}`);
    record(current, news);
    current = null;
    done++;
  };
  await new Promise<void>((resolve) => {
    const stop = (finding: string) => {
      clearTimeout(timer);
      end({ seconds: MAX_SILENCE, refused: true, finding });
      resolve();
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop(`took more than ${MAX_SILENCE} s, and was ended`), 1000 * MAX_SILENCE);
    };
    worker.onmessage = ({ data }: MessageEvent<FuzzNews>) => {
      watch();
      if (data.type === "begin") current = data;
      else if (data.type === "end") end(data);
      else if (data.type === "done") {
        clearTimeout(timer);
        resolve();
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      stop(`ended the process: ${event.message}`);
    };
    watch();
    worker.postMessage({ folder, seed, inputs } satisfies FuzzOrder);
  });
  worker.terminate();
  await Deno.remove(folder, { recursive: true });
  return inputs.slice(done);
}

function record(
  { kind, index, task, input }: Extract<FuzzNews, { type: "begin" }>,
  { seconds, refused, finding }: Omit<Extract<FuzzNews, { type: "end" }>, "type">,
): void {
  const tally = tallies.get(kind) ?? { tried: 0, refused: 0, findings: 0, slowest: 0 };
  tallies.set(kind, tally);
  tally.tried++;
  tally.refused += Number(refused);
  tally.slowest = Math.max(tally.slowest, seconds);
  if (finding === null) return;
  tally.findings++;
  keep ??= Deno.makeTempDirSync({ prefix: "fuzz-" });
  Deno.writeFileSync(
    `${keep}/${kind}-${index}`,
    typeof input === "string" ? new TextEncoder().encode(input) : input,
  );
  console.log(`${kind}/${index}: ${task}\n  ${finding.replaceAll("\n", "\n  ")}`);
}
