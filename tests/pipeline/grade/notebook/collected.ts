// What collect.py makes of cells, without a notebook's sandbox and kernel.

const PLACE = new URL("../../../../pipeline/grade/", import.meta.url).pathname;
const HERE = new URL("./", import.meta.url).pathname;
const PYTHON = "/usr/bin/python3";
const numpy = await new Deno.Command(PYTHON, { args: ["-c", "import numpy"] }).output().then(
  ({ success }) => success,
  () => false,
);

/** What a program prints that has collect.py, and 6000 images of one pixel. */
export async function printed(program: string): Promise<unknown> {
  const start = `import sys
sys.path[:0] = ["${PLACE}notebook/python", "${PLACE}template"]
import json, time, types
import numpy as np
import collect
X, y = np.zeros((6000, 1)), np.arange(6000) % 10
`;
  const { success, stdout, stderr } = await new Deno.Command(PYTHON, { args: ["-c", start + program] })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** What a program prints that has collected.py. */
export const collected = (program: string) =>
  printed(`sys.path.insert(0, "${HERE}")\nfrom collected import *\n${program}`);

/** A test that needs NumPy. */
export const numpyTest = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name: `${name}${numpy ? "" : " (skipped: there is no NumPy)"}`, ignore: !numpy, fn });
