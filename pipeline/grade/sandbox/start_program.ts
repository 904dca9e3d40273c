import type { CallResult, GradeValue, StudentProgram } from "../../../src/grade/student_program.ts";
import { encodeFrame } from "./frames.ts";
import { DEFAULT_PROGRAM_LIMITS, findWalls, type ProgramLimits, type Walls } from "./walls.ts";
import { readReply } from "./read_reply.ts";
import { type Ending, StudentProcess } from "./student_process.ts";
import { packValue } from "./values.ts";

/**
 * A student's program, from the text of src/mod.ts. Its process starts with the first call and serves the later ones; after a time-out or a
 * crash the next call starts a new one. Calls are performed one after the other. Dispose of it when done.
 *
 * `fit_predict` takes `{ options, X, y, XVal?, yVal?, XTest }`: it makes a classifier with the options, fits it, predicts XTest, and gives
 * `{ predictions, parameters, trainLoss, valLoss }`, the last three from the classifier's properties.
 *
 * A call throws only where something is wrong with this machine, never for anything that the program does. `walls` are this system's; see
 * describeGaps() for what it means where they are not all there.
 */
export function startProgram(
  source: string,
  limits: Partial<ProgramLimits> = {},
  walls: Promise<Walls> = findWalls(),
): StudentProgram & AsyncDisposable {
  return new SandboxedProgram(source, { ...DEFAULT_PROGRAM_LIMITS, ...limits }, walls);
}

class SandboxedProgram implements StudentProgram, AsyncDisposable {
  readonly #source: string;
  readonly #limits: ProgramLimits;
  readonly #walls: Promise<Walls>;
  #process: StudentProcess | null = null;
  /** Why the module does not load. It is not tried again. */
  #unusable: CallResult | null = null;
  #msLeft: number;
  #seq = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(source: string, limits: ProgramLimits, walls: Promise<Walls>) {
    this.#source = source;
    this.#limits = limits;
    this.#walls = walls;
    this.#msLeft = limits.totalMs;
    const bytes = new TextEncoder().encode(source).length;
    if (bytes > limits.sourceBytes) {
      this.#unusable = { status: "error", fault: ["longSource", limits.sourceBytes, bytes] };
    }
  }

  call(name: string, input: GradeValue): Promise<CallResult> {
    const result = this.#queue.then(() => this.#perform(name, input));
    this.#queue = result.catch(() => {});
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue;
    await this.#close();
  }

  async #perform(name: string, input: GradeValue): Promise<CallResult> {
    const process = await this.#ready();
    if (!(process instanceof StudentProcess)) return process;
    const { layout, numbers } = packValue(input);
    return await this.#exchange(process, { kind: "call", name, input: layout }, {
      numbers,
      ms: this.#limits.callMs,
    });
  }

  /** The process with the module loaded, or why there is none. */
  async #ready(): Promise<StudentProcess | CallResult> {
    if (this.#unusable !== null) return this.#unusable;
    if (this.#msLeft <= 0) return outOfTime(this.#limits);
    if (this.#process !== null && !this.#process.ended) return this.#process;
    await this.#close();
    const process = this.#process = await StudentProcess.start(this.#limits, await this.#walls);
    const { startMs, replyNumbers } = this.#limits;
    const result = await this.#exchange(process, { kind: "load", source: this.#source, replyNumbers }, {
      numbers: [],
      ms: startMs,
    });
    if (result.status === "ok") return process;
    if (this.#msLeft > 0) this.#unusable = result;
    return result;
  }

  async #exchange(
    process: StudentProcess,
    request: Readonly<Record<string, unknown>>,
    { numbers, ms }: { numbers: readonly Float64Array[]; ms: number },
  ): Promise<CallResult> {
    const seq = ++this.#seq;
    const frame = encodeFrame({ header: JSON.stringify({ seq, ...request }), numbers });
    const start = performance.now();
    const isLast = this.#msLeft < ms;
    const outcome = await process.exchange(frame, isLast ? this.#msLeft : ms);
    this.#msLeft -= performance.now() - start;
    // What is left of the time of all calls is no limit that anybody set for this one.
    if ("status" in outcome) {
      return isLast && outcome.status === "timeout" ? outOfTime(this.#limits) : outcome;
    }
    const { result, last } = readReply(outcome, seq);
    if (last) await this.#close();
    return result;
  }

  async #close(): Promise<void> {
    const process = this.#process;
    this.#process = null;
    await process?.[Symbol.asyncDispose]();
  }
}

function outOfTime({ totalMs }: ProgramLimits): Ending {
  return { status: "timeout", fault: ["noTimeLeft", totalMs / 1000] };
}
