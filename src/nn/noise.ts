import { type Arena, denseIndex, padded, type Workspace } from "./memory.ts";
import type { RandomState } from "../random/random_state.ts";

/** What training blurs so that a network does not learn its rows by heart. Neither is there when it is evaluated. */
export interface NoiseOptions {
  /** Share of the units of each hidden layer that are left out of a batch's row: one for all, or one a layer. 0 leaves out none. */
  readonly dropout?: number | readonly number[] | undefined;
  /** Standard deviation of the normal numbers that are added to the inputs. 0 adds none. */
  readonly input_noise?: number | undefined;
}

/** The share of dropout in a hidden layer, counted from 1. */
export function dropoutOf({ dropout = 0 }: NoiseOptions, layer: number): number {
  return typeof dropout === "number" ? dropout : dropout[layer - 1] ?? 0;
}

/** Whether a training draws noise at all. */
export function isNoisy(options: NoiseOptions): boolean {
  return (options.input_noise ?? 0) > 0 || [options.dropout ?? 0].flat().some((share) => share > 0);
}

/**
 * Inverted dropout of a hidden layer's units, with its own place for what is left of its activations, since the slope of an activation
 * follows from its whole value.
 */
export class Dropout {
  /** Pointer to f32[Np / 16][B][16]: the activations of the units that are kept, divided by 1 - p, and zero. */
  readonly output: number;
  readonly #workspace: Workspace;
  readonly #units: number;
  /** A unit is kept where its draw, from 0 to 65535, is this or more. */
  readonly #least: number;
  readonly #scale: number;
  readonly #draws: number;

  /** @param share p: from above 0 to 0.99 */
  constructor(
    workspace: Workspace,
    arena: Arena,
    { share, units, capacity }: { share: number; units: number; capacity: number },
  ) {
    this.#workspace = workspace;
    this.#units = units;
    this.#least = Math.ceil(65_536 * share);
    this.#scale = 1 / (1 - share);
    this.#draws = arena.allocate(2 * capacity * units + 32);
    this.output = arena.allocate(4 * capacity * padded(units));
  }

  /** Draws which units of each of B rows are kept, `randint(0, 65536, (B, N), dtype=np.uint16) >= 65536 * p`, and writes `output`. */
  forward(activations: number, B: number, random: RandomState): void {
    random.fillShorts(this.#workspace.words, { start: this.#draws >>> 2, count: B * this.#units });
    this.#drop(activations, this.output, B);
  }

  /** From the loss's derivative by `output` to that by the activations, of the rows that forward() was last given. */
  backward(delta: number, B: number): void {
    this.#drop(delta, delta, B);
  }

  #drop(from: number, to: number, B: number): void {
    const N = this.#units, { kernels } = this.#workspace;
    kernels.dropUnits(from, this.#draws, to, B, N, padded(N), this.#least, this.#scale);
  }
}

/** `(x + sigma * random_state.randn(B, D)).astype(np.float32)` on f32[Dp / 16][B][16]. */
export function addNormals(
  { floats }: Workspace,
  { x, B, D, sigma }: { x: number; B: number; D: number; sigma: number },
  random: RandomState,
): void {
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < D; j++) floats[(x >>> 2) + denseIndex(b, j, B)] += sigma * random.standardNormal();
  }
}
