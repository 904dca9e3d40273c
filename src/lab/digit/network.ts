import { signal } from "@preact/signals";
import type { ActivationName } from "../../nn/activation.ts";
import type { TrainedWeights } from "../../nn/read_image.ts";
import type { Tensor } from "../../nn/weights.ts";
import type { TrainedNetwork } from "../data.ts";
import { type DigitCase, type Mistake, readMistakes } from "./digit_cases.ts";
import { readLayers } from "./network_file.ts";

/** A network of a file that somebody chose, with what the file does not say. */
export interface ChosenNetwork {
  readonly file: string;
  readonly layers: readonly Tensor[];
  readonly activation: ActivationName;
  readonly scale: number;
}

/** What stays while pages are changed: it is in no address. */
export const chosen = signal<ChosenNetwork | null>(null);
export const cases = signal<readonly DigitCase[]>([]);

/** What the page reads digits with. */
export interface ReadingNetwork extends TrainedWeights {
  readonly source: string;
  readonly test_accuracy: number | null;
}

/** The network that a lab's file carries, and what it misreads. */
export function unpackTrained(
  { weights, mistakes, ...rest }: TrainedNetwork,
): { network: ReadingNetwork; mistakes: Mistake[] } {
  return {
    network: { ...rest, weights: readLayers(bytesOf(weights)) },
    mistakes: mistakes === null ? [] : readMistakes(bytesOf(mistakes)),
  };
}

/** Units from the pixels to the classes. */
export function sizesOf({ weights }: TrainedWeights): number[] {
  return [weights[0].shape[0], ...weights.filter((_, i) => i % 2 === 1).map(({ data }) => data.length)];
}

/** Safari has known Uint8Array.fromBase64() for long, Chrome only since 140. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
