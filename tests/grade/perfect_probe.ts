import type { Tensors } from "../../src/grade/tensors.ts";
import { readNpz } from "../../src/numpy/npz.ts";

/** What NumPy gave for the published batch (make_artifacts.py): the probe.npz of the perfect artifact submission. */
export async function perfectProbe(): Promise<Tensors> {
  const bytes = await Deno.readFile(new URL("./submissions/perfect-artifact/probe.npz", import.meta.url));
  return Object.fromEntries(
    Object.entries(readNpz(bytes)).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float64Array.from(data, Number) },
    ]),
  );
}

/** Those whose names begin with `prefix`, without it. */
export function withPrefix(tensors: Tensors, prefix: string): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).filter(([name]) => name.startsWith(prefix)).map(([name, tensor]) => [
      name.slice(prefix.length),
      tensor,
    ]),
  );
}
