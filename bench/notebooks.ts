// How much longer notebooks take in `grade` than by themselves: deno run -A bench/notebooks.ts MNIST_FOLDER [COUNT [WORKERS]]
// Each trains the course's network for 2 epochs on MNIST. Seconds are of the clock, so the machine
// must have nothing else to do; as many train by themselves at once as in `grade`.
import { join } from "node:path";
import { cellsOf, notebookOf } from "../tests/pipeline/grade/notebook/made_notebooks.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const [mnist, count = "30", workers = "2"] = Deno.args;
const folder = await Deno.makeTempDir();

/** Runs a command and gives its seconds by the clock. */
async function timed(command: string): Promise<number> {
  const began = performance.now();
  const { success } = await new Deno.Command("bash", {
    args: ["-c", command],
    cwd: ROOT,
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error(`Cannot measure: ${command} failed`);
  return (performance.now() - began) / 1000;
}

try {
  const cells = await cellsOf({
    pieces: ["keras", "course/right", "fit_course"],
    changes: [["(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)", "(n_epochs=2)"]],
  });
  // By itself: the same cells in the same Python, with the shims that the sandbox lays in, on images in the same form.
  const python = join(ROOT, "pipeline/grade/notebook/python");
  await Deno.writeTextFile(join(folder, "alone.py"), cells.join("\n"));
  await Deno.writeTextFile(
    join(folder, "images.py"),
    `
import gzip, os, sys, numpy as np
for part, name in (("train", "train"), ("t10k", "test")):
    for kind, letter, skip in (("images-idx3", "x", 16), ("labels-idx1", "y", 8)):
        path = os.path.join(sys.argv[1], part + "-" + kind + "-ubyte")
        raw = gzip.open(path + ".gz").read() if os.path.exists(path + ".gz") else open(path, "rb").read()
        values = np.frombuffer(raw, np.uint8, offset=skip)
        np.save(os.path.join(sys.argv[2], letter + "_" + name), values.reshape(-1, 28, 28) if letter == "x" else values)
`,
  );
  await timed(`/usr/bin/python3 ${folder}/images.py ${mnist} ${folder}`);
  const environment =
    `OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 OFFICIAL_IMAGES=${folder} PYTHONPATH=${python}/shims:${python}`;
  const programs = Array(Number(workers)).fill(`${environment} /usr/bin/python3 ${folder}/alone.py`);
  const alone = await timed(`${programs.map((program) => `${program} &`).join(" ")} wait`);
  console.log(`${workers} by themselves at once: ${alone.toFixed(1)} s`);

  await Deno.mkdir(join(folder, "class"));
  for (let i = 0; i < Number(count); i++) {
    await Deno.writeFile(join(folder, "class", `s${i}.ipynb`), notebookOf([...cells, `number = ${i}`]));
  }
  const grade = (submissions: string, n: string) =>
    timed(
      `${Deno.execPath()} task grade configs/rubrics/sprint-nn.yaml ${submissions} --mirror ${mnist} ` +
        `--workers ${n} --out ${folder}/grades --store ${folder}/store`,
    );
  await grade(join(folder, "class", "s0.ipynb"), "1"); // our own runs, which are made once
  const all = await grade(join(folder, "class"), workers);
  const rounds = Math.ceil(Number(count) / Number(workers));
  const each = all / rounds;
  console.log(
    `${count} in grade, ${workers} at once: ${all.toFixed(1)} s, ${each.toFixed(1)} s a round: ` +
      `${(each / alone).toFixed(2)} x, ${(each - alone).toFixed(1)} s more`,
  );
} finally {
  await Deno.remove(folder, { recursive: true });
}
