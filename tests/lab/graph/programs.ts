// The NumPy programs that tests/fixtures/lab_graph.py runs; written by `deno run tests/lab/graph/programs.ts`.

import type { CourseActivation } from "../../../src/nn/activation.ts";
import { mistakeIn, type MistakeName, MISTAKES, placesOf } from "../../../src/lab/graph/compute/mistakes.ts";
import { graphOf, operationsOf } from "../../../src/lab/graph/compute/nodes.ts";
import { numpyProgram } from "../../../src/lab/graph/compute/numpy_program.ts";
import { drawNet } from "../../../src/lab/graph/compute/small_net.ts";

interface Setting {
  readonly sizes: readonly number[];
  readonly rows: number;
  readonly activation: CourseActivation;
  readonly seed: number;
  readonly mistake?: MistakeName;
}

/** Every depth, activation and number of rows, and every mistake. */
export const SETTINGS: readonly Setting[] = [
  { sizes: [2, 2], rows: 2, activation: "tanh", seed: 0 },
  { sizes: [4, 3], rows: 4, activation: "identity", seed: 1 },
  { sizes: [2, 3, 2], rows: 3, activation: "tanh", seed: 0 },
  { sizes: [3, 1, 2], rows: 2, activation: "sigmoid", seed: 3 },
  { sizes: [2, 4, 3], rows: 4, activation: "relu", seed: 4 },
  { sizes: [4, 4, 3], rows: 3, activation: "identity", seed: 5 },
  { sizes: [2, 3, 2, 2], rows: 4, activation: "tanh", seed: 6 },
  { sizes: [3, 2, 4, 3], rows: 3, activation: "sigmoid", seed: 7 },
  { sizes: [4, 4, 4, 3], rows: 4, activation: "relu", seed: 9999 },
  ...MISTAKES.map((mistake) => ({
    sizes: [2, 3, 3, 3],
    rows: 3,
    activation: "tanh" as const,
    seed: 8,
    mistake,
  })),
  ...MISTAKES.map((mistake) => ({
    sizes: [2, 2, 2],
    rows: 2,
    activation: "sigmoid" as const,
    seed: 2,
    mistake,
  })),
];

/** The net of a setting, its mistake, and the program that the page shows for them. */
export function openSetting({ sizes, rows, activation, seed, mistake: name }: Setting) {
  const net = drawNet({ sizes, rows }, activation, seed);
  const operations = operationsOf(graphOf(net));
  const mistake = name === undefined ? undefined : mistakeIn(operations, net, name);
  const made = mistake === undefined
    ? {}
    : { mistake: mistake.name, places: placesOf(mistake, operations, net) };
  return { net, mistake, program: numpyProgram(net, made).map(({ text }) => text).join("\n") };
}

if (import.meta.main) console.log(JSON.stringify(SETTINGS.map((setting) => openSetting(setting).program)));
