import assert from "node:assert/strict";
import { prepareData } from "../../bench/data.ts";
import { findPythons, PROGRAMS, startProgram } from "../../bench/programs.ts";

const IMAGES = 1000;
const EPOCHS = 8;

/** The mean loss of each epoch of the program's training. */
async function losses(...args: Parameters<typeof startProgram>): Promise<number[]> {
  const contestant = await startProgram(...args);
  try {
    const losses: number[] = [];
    for (let epoch = 0; epoch < EPOCHS; epoch++) losses.push((await contestant.measure(IMAGES)).loss);
    return losses;
  } finally {
    await contestant.close();
  }
}

for (const [optimizer, learningRate] of [["sgd", 0.1], ["adam", 0.003]] as const) {
  Deno.test(`every program of the benchmark that is found here learns by ${optimizer} as ours does, TensorFlow.js (100 MB to download) left out`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await prepareData(folder, { drawn: IMAGES });
      const options = {
        data: folder,
        hidden: [30],
        activation: "tanh",
        batch: 30, // does not divide 1,000
        optimizer,
        learningRate,
        sigma: 0.1,
      } as const;
      const place = { core: null, pythons: await findPythons(PROGRAMS) };
      const found = PROGRAMS.filter(({ file, module }) =>
        module === undefined ? file === "ours.ts" : place.pythons.get(module)
      );
      const curves = await Promise.all(found.map((program) => losses(program, options, place)));
      const ours = curves[0][EPOCHS - 1];
      assert(curves[0][0] > 1.8 && ours < 0.6, `ours: ${curves[0]}`);
      curves.forEach((curve, i) => {
        // Each program draws its own first weights; scikit-learn's are of another size, with which it learns faster.
        const tolerance = found[i].name === "scikit-learn" ? 0.35 : 0.1;
        const deviation = curve[EPOCHS - 1] / ours - 1;
        assert(Math.abs(deviation) < tolerance, `${found[i].name}: ${curve}; ours: ${curves[0]}`);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
