import { z } from "zod";
import type {
  ReferenceEpoch,
  ReferenceRun,
  TrainingSeeds,
  TrainingSettings,
} from "../../src/grade/engine.ts";
import { RANDOM_SCHEME } from "../../src/random/seeds.ts";
import { firstIssue } from "../system/first_issue.ts";
import { cannotRead } from "../system/files.ts";
import { because } from "../system/reasons.ts";
import { canonicalJson } from "../store/fingerprint.ts";
import { traceStep } from "./trace.ts";

const metric = z.number().nullable();
const settings = z.looseObject({ dataset: z.string() });
const referenceSchema = z.strictObject({
  /** What the numbers depend on besides the settings: those of another engine do not count. */
  random_scheme: z.number(),
  trace_version: z.number(),
  runs: z.array(z.strictObject({
    settings,
    metrics: z.array(z.strictObject({ seed: z.int(), test_accuracy: metric, test_loss: metric })),
  })),
  traces: z.array(z.strictObject({
    settings,
    seeds: z.strictObject({ split: z.int(), init: z.int(), shuffle: z.int() }),
    epochs: z.array(
      z.strictObject({
        train_loss: z.number(),
        // Absent in files of an older trace_version, of which nothing is used.
        train_loss_after: z.number().default(NaN),
        val_loss: metric,
        last_batch_loss: z.number(),
      }),
    ),
  })),
});

type ReferenceContent = z.infer<typeof referenceSchema>;

/**
 * Our own runs that are shipped with a rubric, so that grading against them needs no training: results/reference/<assignment>.json. What is
 * looked up or added can be written out again.
 */
export class ReferenceFile {
  readonly #runs = new Map<string, ReferenceContent["runs"][number]>();
  readonly #traces = new Map<string, ReferenceContent["traces"][number]>();
  readonly #used = new Set<string>();

  /** @param text of the file; null where there is none. Throws a UserError where it is no reference file. */
  constructor(text: string | null, file: string) {
    if (text === null) return;
    const content = parse(text, file);
    if (content.random_scheme !== RANDOM_SCHEME || content.trace_version !== traceStep.version) return;
    for (const entry of content.runs) this.#runs.set(canonicalJson(entry.settings), entry);
    for (const entry of content.traces) this.#traces.set(traceKey(entry.settings, entry.seeds), entry);
  }

  /** The runs of these seeds; null where one is not there. */
  findRuns(settings: TrainingSettings, seeds: readonly number[]): ReferenceRun[] | null {
    const key = canonicalJson(settings);
    const { metrics = [] } = this.#runs.get(key) ?? {};
    const runs = seeds.flatMap((seed) => metrics.find((run) => run.seed === seed) ?? []);
    if (runs.length < seeds.length) return null;
    this.#used.add(key);
    return runs;
  }

  /** The training of exactly these seeds; null where it is not there. */
  findTrace(settings: TrainingSettings, seeds: TrainingSeeds): ReferenceEpoch[] | null {
    const key = traceKey(settings, seeds);
    const found = this.#traces.get(key);
    if (found === undefined) return null;
    this.#used.add(key);
    return found.epochs;
  }

  /** Keeps runs for the file, beside those of other seeds. */
  addRuns(settings: TrainingSettings, metrics: readonly ReferenceRun[]): void {
    const key = canonicalJson(settings);
    const bySeed = new Map([...this.#runs.get(key)?.metrics ?? [], ...metrics].map((run) => [run.seed, run]));
    const all = [...bySeed.values()].sort((a, b) => a.seed - b.seed);
    this.#runs.set(key, { settings: { ...settings }, metrics: all });
    this.#used.add(key);
  }

  /** Keeps a training for the file. */
  addTrace(settings: TrainingSettings, seeds: TrainingSeeds, epochs: readonly ReferenceEpoch[]): void {
    const key = traceKey(settings, seeds);
    this.#traces.set(key, { settings: { ...settings }, seeds: { ...seeds }, epochs: [...epochs] });
    this.#used.add(key);
  }

  /** The file of all that was looked up or added. */
  format(): string {
    const used = <T>(entries: ReadonlyMap<string, T>) =>
      [...entries].filter(([key]) => this.#used.has(key)).sort(([a], [b]) => a < b ? -1 : 1).map((
        [, entry],
      ) => entry);
    const content: ReferenceContent = {
      random_scheme: RANDOM_SCHEME,
      trace_version: traceStep.version,
      runs: used(this.#runs),
      traces: used(this.#traces),
    };
    // Keys in one order, whichever way the numbers came here.
    return JSON.stringify(JSON.parse(canonicalJson(content)), null, 2) + "\n";
  }
}

function traceKey(
  settings: Readonly<Record<string, unknown>> | TrainingSettings,
  seeds: TrainingSeeds,
): string {
  return canonicalJson({ settings, seeds });
}

function parse(text: string, file: string): ReferenceContent {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    throw cannotRead(file, because((t) => t.notJson(message)), { cause: error });
  }
  const { data, error } = referenceSchema.safeParse(json);
  if (error !== undefined) {
    throw cannotRead(file, because((t) => t.wrongContent(firstIssue(error))), { cause: error });
  }
  return data;
}
