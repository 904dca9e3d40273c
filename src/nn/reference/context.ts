import type { Workspace } from "../memory.ts";
import type { Functions } from "./functions.ts";

/** What the reference kernels work with: memory by type, and how a result is rounded. */
export interface ReferenceContext extends Omit<Workspace, "kernels"> {
  /** The memory as unsigned 16 bit integers. */
  readonly halves: Uint16Array;
  /** What stands for tanh, exp and log. */
  readonly functions: Functions;
  /** Rounds the result of every operation on floats: Math.fround, or nothing in float64. */
  readonly round: (x: number) => number;
}
