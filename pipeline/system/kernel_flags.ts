/** V8's flags that make the kernels fast, as the tasks in deno.json pass them. They change no bit (src/nn/probe_kernels.ts checks). */
interface KernelFlags {
  /** Those in force; empty for none. */
  readonly flags: readonly string[];
  /** Whether a task tried flags that this V8 does not know. */
  readonly refused: boolean;
}

const PREFIX = "--v8-flags=";

/** KERNEL_FLAGS is the option that the tasks pass: one without V8 flags where V8 does not know them, with which Deno would not start. */
export function kernelFlags(): KernelFlags {
  const option = Deno.env.get("KERNEL_FLAGS");
  const flags = option?.startsWith(PREFIX) ? option.slice(PREFIX.length).split(",") : [];
  return { flags, refused: option !== undefined && flags.length === 0 };
}
