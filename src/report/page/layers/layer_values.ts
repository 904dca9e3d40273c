import { type Flow, FLOWS } from "../../sections/flows.ts";
import { CODES, decodeDigits, decodeNumbers } from "../code.ts";

/** How the magnitudes of a flow are distributed over octaves. */
export interface OctaveShares {
  /** Of all, which are 0; as are those in each octave, of 2^first and on. Rounded on a scale of square roots. */
  readonly zeros: number;
  readonly first: number;
  readonly shares: readonly number[];
}

export interface FlowValues {
  /** Of the magnitudes, to three digits; 5 of QUANTILE_NAMES where there is no histogram, else the median alone. */
  readonly quantiles: readonly number[];
  readonly median: number;
  readonly std: number;
  readonly histogram: OctaveShares | null;
}

/** A layer after an epoch. */
export interface LayerValues extends Readonly<Record<Flow, FlowValues>> {
  readonly saturated: number;
}

/** Steps of a share's square root. */
export const STEPS = 63;
/** So that exponents of 2 are codes from 0. */
export const FIRST = 128;
/** So that exponents of 10 are codes from 1; 0 stands for no number, or for 0. */
export const DECADE = 401;

/** Of what encodeLayer() wrote. */
export function decodeLayer(code: string): LayerValues {
  const [head, ...histograms] = code.split(":");
  const [saturated, ...pairs] = decodeNumbers(head);
  const numbers = Array.from({ length: pairs.length / 2 }, (_, i) => plain(pairs[2 * i], pairs[2 * i + 1]));
  const each = numbers.length / FLOWS.length;
  const flow = (i: number): FlowValues => {
    const [std, ...quantiles] = numbers.slice(i * each, (i + 1) * each);
    const histogram = histograms.length === 0 ? null : decodeOctaves(histograms[i]);
    return { std, quantiles, median: quantiles[(quantiles.length - 1) / 2], histogram };
  };
  return { saturated: saturated / (CODES - 1), activation: flow(0), gradient: flow(1) };
}

function plain(exponent: number, digits: number): number {
  return exponent === 0 ? 0 : Number(`${digits}e${exponent - DECADE - 2}`);
}

function decodeOctaves(code: string): OctaveShares {
  const [first] = decodeNumbers(code.slice(0, 2));
  const [zeros, ...steps] = decodeDigits(code.slice(2));
  const share = (step: number) => (step / STEPS) ** 2;
  return { first: first - FIRST, zeros: share(zeros), shares: steps.map(share) };
}
