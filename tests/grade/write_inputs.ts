// What make_artifacts.py works with: the four files of the strokes data set, and the template's probe batch.
import { join } from "node:path";
import { generateStrokes } from "../../src/data/strokes.ts";
import { probeBatchArrays } from "../../src/grade/batch.ts";
import { writeNpz } from "../../src/numpy/npz.ts";

const [folder] = Deno.args;
await Deno.mkdir(folder, { recursive: true });
for (const [name, bytes] of Object.entries(generateStrokes())) {
  await Deno.writeFile(join(folder, name), bytes);
}
await Deno.writeFile(join(folder, "probe_batch.npz"), writeNpz(probeBatchArrays()));
