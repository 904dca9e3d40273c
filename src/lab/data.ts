import type { Activations } from "../nn/activation.ts";
import type { Language } from "../text/language.ts";

/** What a lab's file holds besides its program: written by `deno task lab`, read by the page. */
export interface LabData {
  /** Of a reader whose address asks for none. */
  readonly language: Language;
  /** A trained network to try digits on; null in a lab without. */
  readonly trained: TrainedNetwork | null;
}

/** A run whose weights a lab carries. */
export interface TrainedNetwork {
  /** Where they come from, as people know it: `results/reference/digits, run 0-0`. */
  readonly source: string;
  /** `weights.npz`, in base64. */
  readonly weights: string;
  readonly activation: Activations;
  /** What a pixel is divided by. */
  readonly scale: number;
  /** Of the test images, from 0 to 1. */
  readonly test_accuracy: number | null;
  /** Test images that it takes for another digit, the surest first: see digit_cases.ts. An .npz in base64; null where they are not known. */
  readonly mistakes: string | null;
}

/** The ids of the elements that hold them. */
export const DATA_ID = "lab-data";
export const FORMULAS_ID = "lab-formulas";
export const WORKER_ID = "lab-worker";
