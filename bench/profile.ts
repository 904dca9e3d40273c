// Times every kernel inside a real training of our own, and prints a Profile as JSON. Timers stand around the calls, so the kernels meet
// the caches and batches that they meet in production.
//
// Arguments: those of every program (serve.ts), after the path of the compiled peak kernel.

import { EPOCH_IMAGES, layerSizes } from "./cases.ts";
import { kernelFlops } from "./flops.ts";
import { measurePeak } from "./peak.ts";
import { readProgramArguments } from "./serve.ts";
import { Stopwatch } from "./stopwatch.ts";
import { prepareTraining } from "./training.ts";

/** What a kernel takes and does in an epoch. */
export interface KernelProfile {
  readonly name: string;
  readonly seconds: number;
  /** Multiplications and additions that it really does, padding and skipped zeros not counted; null where that says little. */
  readonly flops: number | null;
}

/** @see profile.ts */
export interface Profile {
  /** Most multiplications and additions a second on this core. */
  readonly peak: number;
  /** An epoch, timers included. */
  readonly epochSeconds: number;
  readonly kernels: readonly KernelProfile[];
}

/** Of which the median is taken: an odd number. */
const SAMPLES = 7;
/** Seconds of a sample, at least: part of an epoch where that takes longer. */
const SAMPLE_SECONDS = 0.7;
/** Images to learn the speed from. */
const PILOT = 4800;

const [peakFile, ...rest] = Deno.args;
const options = readProgramArguments(rest);
const peak = measurePeak(await Deno.readFile(peakFile));
const stopwatch = new Stopwatch();
const training = await prepareTraining(options, (kernels) => stopwatch.wrap(kernels));
training.train(PILOT);
const pilot = training.train(PILOT).seconds;
const images = Math.min(EPOCH_IMAGES, Math.ceil(SAMPLE_SECONDS / pilot) * PILOT);
training.train(images);

const scale = EPOCH_IMAGES / images;
const nonZeros = training.nonZeros(EPOCH_IMAGES);
const flops = kernelFlops(layerSizes(options), { images: EPOCH_IMAGES, nonZeros });
const samples = Array.from({ length: SAMPLES }, () => {
  stopwatch.seconds.clear();
  const { seconds } = training.train(images);
  const kernels = [...stopwatch.seconds].map(([name, seconds]) => ({
    name,
    seconds: scale * seconds,
    // The same work, of a batch of several blocks of rows.
    flops: flops[name === "sparseSums" ? "sparseUpdate" : name] ?? null,
  }));
  return { epochSeconds: scale * seconds, kernels };
});
samples.sort((a, b) => a.epochSeconds - b.epochSeconds);
const profile: Profile = { peak, ...samples[SAMPLES >> 1] };
console.log(JSON.stringify(profile));
