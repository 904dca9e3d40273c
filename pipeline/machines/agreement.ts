import { kernelBytes } from "../../src/nn/kernels.ts";
import { RANDOM_SCHEME } from "../../src/random/seeds.ts";
import { STEP_VERSIONS } from "../steps/step_versions.ts";
import { canonicalJson } from "../store/fingerprint.ts";
import { hashBytes } from "../store/hash.ts";

/** The form of what machines send one another: raised whenever one of the form before would not understand it. */
export const FORMAT = 2;

/** Hex digits: as many as 2^64 need, in a name that people compare by eye. */
const DIGITS = 16;

/**
 * What decides the bits of a training and its evaluation, as a hash: machines of the same give the same bytes. That an engine computes what
 * these kernels say is asked of each before its first run (see wrongKernels()).
 */
export function agreement(): string {
  const { preprocess, train, evaluate } = STEP_VERSIONS;
  const kernels = hashBytes(kernelBytes());
  return hashBytes(canonicalJson({
    format: FORMAT,
    kernels,
    random_scheme: RANDOM_SCHEME,
    steps: { preprocess, train, evaluate },
  })).slice(0, DIGITS);
}
