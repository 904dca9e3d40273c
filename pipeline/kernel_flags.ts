/** V8's flags that make the kernels fast, as the tasks in deno.json pass them. They change no bit (src/nn/wrong_kernels.ts checks). */
export interface KernelFlags {
  /** Those in force; empty for none. */
  readonly flags: readonly string[];
  /** Whether a task tried flags that this V8 does not know. */
  readonly refused: boolean;
}

/** The task sets DENO_V8_FLAGS, which Deno itself reads, to what V8 has taken: to nothing where it refused. */
export function kernelFlags(): KernelFlags {
  const variable = Deno.env.get("DENO_V8_FLAGS");
  const flags = (variable ?? "").split(",").filter((flag) => flag !== "");
  return { flags, refused: variable !== undefined && flags.length === 0 };
}
