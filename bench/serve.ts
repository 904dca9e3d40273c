import { parseArgs } from "node:util";
import type { ActivationName } from "../src/nn/activation.ts";
import type { BenchOptimizer } from "./cases.ts";

/** What every program of the benchmark is told on its command line. */
export interface ProgramOptions {
  /** Folder of prepareData(). */
  readonly data: string;
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly batch: number;
  readonly optimizer: BenchOptimizer;
  readonly learningRate: number;
  /** Standard deviation of the first weights and biases. */
  readonly sigma: number;
}

/** What a program prints for each number of images that it is given. */
export interface Measure {
  /** Of the training loop alone. */
  readonly seconds: number;
  /** Mean cross-entropy over the images, each before its batch's step. */
  readonly loss: number;
}

/** The command line that says `options`. */
export function programArguments(options: ProgramOptions): string[] {
  const { data, hidden, activation, batch, optimizer, learningRate, sigma } = options;
  return [
    ["--data", data],
    ["--hidden", hidden.join("-")],
    ["--activation", activation],
    ["--batch", String(batch)],
    ["--optimizer", optimizer],
    ["--learning-rate", String(learningRate)],
    ["--sigma", String(sigma)],
  ].flat();
}

/** Reads what programArguments() wrote. */
export function readProgramArguments(args: string[]): ProgramOptions {
  const string = { type: "string", default: "" } as const;
  const { values } = parseArgs({
    args,
    options: {
      data: string,
      hidden: string,
      activation: string,
      batch: string,
      optimizer: string,
      "learning-rate": string,
      sigma: string,
    },
  });
  return {
    data: values.data,
    hidden: values.hidden.split("-").map(Number),
    activation: values.activation as ActivationName,
    batch: Number(values.batch),
    optimizer: values.optimizer as BenchOptimizer,
    learningRate: Number(values["learning-rate"]),
    sigma: Number(values.sigma),
  };
}

/**
 * A program's side of the protocol, one line of JSON at a time on standard output: what the program is, then for each line of standard
 * input, a number of images, the Measure of training on so many. Ends with its input.
 */
export async function serve(program: string, train: (images: number) => Measure): Promise<void> {
  console.log(JSON.stringify({ program }));
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
  let rest = "";
  for await (const chunk of lines) {
    const [...complete] = (rest + chunk).split("\n");
    rest = complete.pop() ?? "";
    for (const line of complete) console.log(JSON.stringify(train(Number(line))));
  }
}
