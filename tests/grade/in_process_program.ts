import type { CallResult, GradeTensor, GradeValue, StudentProgram } from "../../src/grade/student_program.ts";

type Nested = number | readonly Nested[];
type Module = Readonly<Record<string, unknown>>;

/**
 * A program of tests/grade/submissions/ that we wrote ourselves, called without the wall around students' programs: a process for each of
 * two dozen takes half a minute, this takes a second or two.
 */
export async function inProcessProgram(submission: string): Promise<StudentProgram> {
  // Not as a template in import(): Deno would look at every submission, the hostile ones too.
  const url = new URL(`./submissions/${submission}/src/mod.ts`, import.meta.url).href;
  return programOf(await import(url));
}

/** The perfect program with some of its text replaced. */
export async function changedProgram(...changes: readonly (readonly [from: string, to: string])[]) {
  let text = await Deno.readTextFile(new URL("./submissions/perfect-ts/src/mod.ts", import.meta.url));
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`no ${from} in perfect-ts`);
    text = text.replace(from, to);
  }
  return programOf(await import(`data:application/typescript,${encodeURIComponent(text)}`));
}

function programOf(module: Module): StudentProgram {
  return {
    call(name, input): Promise<CallResult> {
      try {
        const given = unpack(input);
        const value = name === "fit_predict" ? fitPredict(module, given) : call(module, name, given);
        const changed = name === "fit_predict" ? undefined : changedArgument(input, given);
        return Promise.resolve({ status: "ok", value: pack(value), changed });
      } catch (error) {
        return Promise.resolve({
          status: "error",
          fault: ["threw", null, error instanceof Error ? error.message : String(error)],
        });
      }
    },
  };
}

function changedArgument(input: GradeValue, given: unknown): string | undefined {
  const [before, after] = [unpack(input), given].map((value) => Object.entries(value as object));
  return before.find(([, value], i) => JSON.stringify(value) !== JSON.stringify(after[i][1]))?.[0];
}

function call(module: Module, name: string, input: unknown): unknown {
  const found = module[name];
  if (typeof found !== "function") throw new TypeError(`no ${name}`);
  return found(input);
}

interface Classifier {
  readonly parameters: unknown;
  readonly trainLoss: unknown;
  readonly valLoss: unknown;
  fit(X: unknown, y: unknown, XVal: unknown, yVal: unknown): void;
  predict(X: unknown): unknown;
}

function fitPredict(module: Module, input: unknown): unknown {
  const { options, X, y, XVal, yVal, XTest } = input as Record<string, unknown>;
  const Class = module.ScratchSimpleNeuralNetworkClassifier as new (options: unknown) => Classifier;
  const classifier = new Class(options);
  classifier.fit(X, y, XVal ?? undefined, yVal ?? undefined);
  const predictions = classifier.predict(XTest);
  const { parameters, trainLoss, valLoss } = classifier;
  return { predictions, parameters, trainLoss, valLoss };
}

/** Tensors as nested arrays. */
function unpack(value: GradeValue): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("data" in value && value.data instanceof Float64Array) {
    const { shape, data } = value as GradeTensor;
    if (shape.length < 2) return [...data];
    const [rows, columns] = shape;
    return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpack(part)]));
}

/** Nested arrays as tensors. */
function pack(value: unknown): GradeValue {
  if (Array.isArray(value)) {
    const shape: number[] = [];
    for (let part: Nested = value; Array.isArray(part); part = part[0]) shape.push(part.length);
    return { shape, data: Float64Array.from(value.flat(Infinity)) };
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, pack(part)]));
  }
  return value as GradeValue;
}
