import { fileURLToPath } from "node:url";
import { Contestant } from "./contestant.ts";
import { outputOf, pinToCore } from "./machine.ts";
import type { Profile } from "./profile.ts";
import { kernelFlags } from "../pipeline/system/kernel_flags.ts";
import { programArguments, type ProgramOptions } from "./serve.ts";

const { flags } = kernelFlags();
/** The option of V8's flags that let our kernels run at full speed, where the task passed some. */
const V8_FLAGS = flags.length > 0 ? [`--v8-flags=${flags.join()}`] : [];

/** A program of the benchmark. */
export interface Program {
  readonly name: string;
  /** Its file in bench/, and arguments besides the common ones. */
  readonly file: string;
  readonly args?: readonly string[];
  /** Flags of `deno run`. */
  readonly deno?: readonly string[];
  /** For a Python program, the module that it needs. */
  readonly module?: string;
  /** What a reader of its figures should know. */
  readonly note?: string;
}

export const OURS: Program = { name: "ours", file: "ours.ts", deno: ["--allow-read", ...V8_FLAGS] };

/** Ours first, to which the others are compared. */
export const PROGRAMS: readonly Program[] = [
  OURS,
  { name: "ours, no flags", file: "ours.ts", deno: ["--allow-read"] },
  { name: "NumPy float32", file: "peers/numpy_mlp.py", module: "numpy", args: ["--dtype", "float32"] },
  { name: "NumPy float64", file: "peers/numpy_mlp.py", module: "numpy", args: ["--dtype", "float64"] },
  { name: "scikit-learn", file: "peers/sklearn_mlp.py", module: "sklearn" },
  { name: "PyTorch", file: "peers/torch_mlp.py", module: "torch" },
  {
    name: "TensorFlow.js",
    file: "peers/tfjs_mlp.ts",
    // Packages and a lock of its own: nobody else has to download them.
    deno: [
      "--allow-read",
      "--allow-env",
      "--config",
      here("peers/deno.json"),
      "--lock",
      here("peers/deno.lock"),
      "--frozen",
    ],
    note: "autograd; a backward pass by hand with explicit transposes takes about 0.3 of its time",
  },
];

/** Where Debian's packages are, then whatever is on the path. */
const PYTHONS = ["/usr/bin/python3", "python3"];

/** One thread for every library that might start more. */
export const ONE_THREAD = Object.fromEntries(
  ["OPENBLAS", "OMP", "MKL", "VECLIB", "NUMEXPR"].map((name) => [`${name}_NUM_THREADS`, "1"]),
);

/** glibc keeps what an array was in for the next one: else a large one is mapped and cleared anew in each step, 2.9 times the time of NumPy in float64. */
const KEPT_MEMORY = { MALLOC_MMAP_THRESHOLD_: "100000000", MALLOC_TRIM_THRESHOLD_: "1000000000" };

/** Variables that make OpenBLAS use the kernels of another processor, most often slower ones. */
const OPENBLAS_OVERRIDES = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

/** The first Python that can import each module that a program needs; null where there is none. */
export async function findPythons(programs: readonly Program[]): Promise<Map<string, string | null>> {
  const modules = new Set(programs.flatMap(({ module }) => module ?? []));
  const find = async (module: string) => {
    for (const python of PYTHONS) {
      if (await outputOf(python, "-c", `import ${module}`) !== null) return python;
    }
    return null;
  };
  return new Map(
    await Promise.all([...modules].map(async (module) => [module, await find(module)] as const)),
  );
}

/**
 * Starts a program and keeps it on `core`. OpenBLAS chooses its kernels for the processor, whatever the environment says, unless the
 * products are then wrong. Throws Error where the program is not found or does not start.
 */
export async function startProgram(
  program: Program,
  options: ProgramOptions,
  { core, pythons }: { core: string | null; pythons: ReadonlyMap<string, string | null> },
): Promise<Contestant> {
  const args = [...programArguments(options), ...program.args ?? []];
  const command = program.module === undefined
    ? denoCommand(program.file, program.deno, args)
    : pythonCommand(program.file, pythons.get(program.module), args);
  const whole = { ...Deno.env.toObject(), ...ONE_THREAD, ...KEPT_MEMORY, NO_COLOR: "1" };
  const free = Object.fromEntries(
    Object.entries(whole).filter(([name]) => !OPENBLAS_OVERRIDES.includes(name)),
  );
  for (const env of [free, whole]) {
    const contestant = await Contestant.start(command, env);
    if (contestant.right) {
      await pinToCore(contestant.pid, core);
      return contestant;
    }
    await contestant.close();
  }
  throw new Error("wrong matrix products");
}

/** Times our kernels on `core`. Throws Error with what was complained where that fails. */
export async function profileOurs(
  peakFile: string,
  options: ProgramOptions,
  core: string | null,
): Promise<Profile> {
  const command = denoCommand("profile.ts", OURS.deno, [peakFile, ...programArguments(options)]);
  const [name, ...args] = core === null ? command : ["taskset", "-c", core, ...command];
  const { success, stdout, stderr } = await new Deno.Command(name, { args }).output();
  if (!success) throw new Error(`Cannot time the kernels: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function pythonCommand(file: string, python: string | null | undefined, args: readonly string[]): string[] {
  if (!python) throw new Error("not found");
  return [python, here(file), ...args];
}

function denoCommand(file: string, flags: readonly string[] = [], args: readonly string[]): string[] {
  return [Deno.execPath(), "run", "--no-prompt", ...flags, here(file), ...args];
}

/** The path of a file in bench/. */
function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
