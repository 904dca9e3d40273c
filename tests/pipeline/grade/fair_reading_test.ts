import assert from "node:assert/strict";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { trainedNetwork } from "../../../src/grade/answers/trained_network.ts";
import { filesEn } from "../../../src/grade/messages/files_en.ts";
import type { CsvTable, Submission, SubmittedArrays } from "../../../src/grade/submission.ts";
import { totalPoints } from "../../../src/grade/submission_grade.ts";
import {
  checkOf,
  gradeMade,
  lostPoints,
  made,
  manifestWith,
  mapRows,
  strokesEngine,
  transpose,
} from "./made_submissions.ts";

await using engine = await strokesEngine();

function renamed(arrays: SubmittedArrays | null, name: (name: string) => string): SubmittedArrays {
  return Object.fromEntries(Object.entries(arrays ?? {}).map(([old, array]) => [name(old), array]));
}

function turned(arrays: SubmittedArrays | null, which: RegExp): SubmittedArrays {
  return Object.fromEntries(
    Object.entries(arrays ?? {}).map(([name, array]) => [name, which.test(name) ? transpose(array) : array]),
  );
}

function withHeader(table: CsvTable | null, header: readonly string[]): CsvTable {
  return { header, rows: table?.rows ?? [] };
}

/** Each of these files means one thing only: it gets all points, and a note says how it was read. */
const UNDERSTOOD: Readonly<
  Record<string, { change: (perfect: Submission) => Partial<Submission>; notes: RegExp[] }>
> = {
  "arrays called w1, b1": {
    change: ({ weights, probe }) => ({
      weights: renamed(weights, (name) => name.toLowerCase()),
      probe: renamed(probe, (name) => name.toLowerCase()),
    }),
    notes: [
      /^weights\.npz: w1, w2, w3, b1, b2 and b3 were read as W1, W2, W3, B1, B2 and B3\.$/,
      /^probe\.npz: init_w1, .* were read as init_W1, /,
    ],
  },
  "arrays saved without names": {
    change: ({ weights }) => ({
      weights: Object.fromEntries(Object.values(weights ?? {}).map((array, i) => [`arr_${i}`, array])),
    }),
    notes: [/^weights\.npz: .*arr_0.* were read as /],
  },
  "transposed weights, the square ones too": {
    change: ({ weights }) => ({ weights: turned(weights, /^W/) }),
    notes: [/^weights\.npz: W1, W3 and W2 lie the other way round and were transposed/],
  },
  "a sample a column": {
    change: ({ probe }) => ({ probe: turned(probe, /W\d$|^A\d$|^probabilities/) }),
    notes: [/^probe\.npz: .* lie the other way round and were transposed/],
  },
  "predictions as Kaggle wants them": {
    change: ({ predictions }) => ({
      predictions: withHeader(
        mapRows(predictions, ([index, label]) => [String(Number(index) + 1), label]),
        ["ImageId", "Label"],
      ),
    }),
    notes: [
      /^predictions\.csv: the columns ImageId, Label were read as index, label\.$/,
      /^predictions\.csv: its indices go from 1 and were read as from 0\.$/,
    ],
  },
  "predictions without a header": {
    change: ({ predictions }) => ({
      predictions: { header: predictions?.rows[0] ?? [], rows: predictions?.rows.slice(1) ?? [] },
    }),
    notes: [/^predictions\.csv: it has no header; its columns were read as index, label\.$/],
  },
  "labels alone": {
    change: ({ predictions }) => ({
      predictions: withHeader(mapRows(predictions, ([, label]) => [label]), ["label"]),
    }),
    notes: [/^predictions\.csv: it has no index; its rows were read as the test images in their order\.$/],
  },
  "NumPy's way of writing whole numbers": {
    change: ({ predictions }) => ({
      predictions: withHeader(
        mapRows(predictions, (cells) => cells.map((cell) => Number(cell).toExponential(18))),
        ["# index", "label"],
      ),
    }),
    notes: [/^predictions\.csv: the columns # index were read as index\.$/],
  },
  "a row of before the training": {
    change: ({ history }) => ({
      history: { header: history?.header ?? [], rows: [["0", "2.4", "2.4"], ...history?.rows ?? []] },
    }),
    notes: [/^history\.csv: the row of epoch 0, of before the training, was left out\.$/],
  },
  "epochs from 0": {
    change: ({ history }) => ({
      history: mapRows(history, ([epoch, ...losses]) => [String(Number(epoch) - 1), ...losses]),
    }),
    notes: [/^history\.csv: its epochs go from 0 and were read as from 1\.$/],
  },
  "a history as Keras names it, last epoch first": {
    change: ({ history }) => ({
      history: { header: ["epoch", "loss", "val_loss"], rows: history?.rows.toReversed() ?? [] },
    }),
    notes: [/^history\.csv: the columns loss were read as train_loss\.$/],
  },
};

for (const [name, { change, notes }] of Object.entries(UNDERSTOOD)) {
  Deno.test(`${name}: read as meant, with a note and all points`, async () => {
    const grade = await gradeMade(await made(change), { engine });
    assert.deepEqual(lostPoints(grade), {});
    assert.equal(totalPoints(grade), 100);
    assert.equal(grade.understood.length, notes.length, grade.understood.join("\n"));
    for (const [i, note] of notes.entries()) assert.match(grade.understood[i], note);
  });
}

Deno.test("what is as it must be is read as it stands, without a note", async () => {
  const grade = await gradeMade(await made(), { engine });
  assert.deepEqual([grade.understood, lostPoints(grade), totalPoints(grade)], [[], {}, 100]);
});

Deno.test("weights under names that mean nothing are refused with one reason, which says what was found", async () => {
  const submission = await made(({ weights }) => ({ weights: renamed(weights, (name) => `layer_${name}`) }));
  const grade = await gradeMade(submission, { engine });
  const { status, reason } = checkOf(grade, "recompute");
  assert.equal(status, "invalid");
  assert.match(reason, /found no W1 but layer_W1, layer_W2, layer_W3, layer_B1/);
});

Deno.test("wrong gradients that are not transposed stay wrong", async () => {
  const submission = await made(({ probe }) => ({
    probe: { ...probe, dW1: { ...probe!.dW1, data: probe!.dW1.data.map((x) => 2 * x) } },
  }));
  const grade = await gradeMade(submission, { engine });
  assert.equal(grade.understood.length, 0);
  assert.ok(checkOf(grade, "gradcheck").points < 13);
});

/** misclassified.csv of the images that were set aside, as the course's sample code shows them. */
async function validationErrors(numbered: "as drawn" | "as all"): Promise<Submission> {
  const perfect = await made();
  const dataset = await engine.dataset("strokes");
  assert.ok(dataset.ok && perfect.weights);
  const network = trainedNetwork(
    { parameters: perfect.weights, activation: "tanh", predictions: null },
    dataset.value,
    filesEn,
  );
  assert.ok(network.ok);
  const validated = dataset.value.validate(network.value, { validation: 0.2, seed: 0 });
  assert.ok(validated);
  const { rows, labels, predictions } = validated;
  const wrong = [...rows.keys()].filter((i) => labels[i] !== predictions[i]);
  const index = (i: number) => numbered === "as drawn" ? i : rows[i];
  return {
    ...perfect,
    misclassified: {
      header: ["index", "predicted", "label"],
      rows: wrong.map((i) => [index(i), predictions[i], labels[i]].map(String)),
    },
  };
}

Deno.test("misclassified.csv of the validation images is compared with those, and says so", async () => {
  for (const numbered of ["as drawn", "as all"] as const) {
    const { points, reason } = checkOf(
      await gradeMade(await validationErrors(numbered), { engine }),
      "misclassified",
    );
    assert.equal(points, 8, reason);
    assert.match(reason, /The rows are of the validation images, .* and were compared with those\.$/);
  }
});

Deno.test("misclassified.csv with indices from 1 is read as from 0", async () => {
  const submission = await made(({ misclassified }) => ({
    misclassified: mapRows(misclassified, ([index, ...classes]) => [String(Number(index) + 1), ...classes]),
  }));
  const { points, reason } = checkOf(await gradeMade(submission, { engine }), "misclassified");
  assert.equal(points, 8, reason);
  assert.match(reason, /The indices go from 1 and were read as from 0\.$/);
});

Deno.test("misclassified.csv of images that are nobody's gets one reason: what was found, what is wanted", async () => {
  const submission = await made(({ misclassified }) => ({
    misclassified: mapRows(misclassified, ([index, predicted], i) => [index, predicted, String(i % 10)]),
  }));
  const { points, reason } = checkOf(await gradeMade(submission, { engine }), "misclassified");
  assert.equal(points, 0);
  assert.match(
    reason,
    /^misclassified\.csv must list test images by their index from 0 to \d+ with their true labels; found image \d+ with the label \d, where it is \d, and most other rows are not those either\.$/,
  );
});

Deno.test("a split without random_state costs nothing once it is said, and the reason tells how to say it", async () => {
  // The validation losses are those of other images than seed 3 sets aside.
  const wrongSeed = { seeds: { split: 3, init: 0, shuffle: 0 } };
  const claimed = await gradeMade(await made((perfect) => manifestWith(perfect, wrongSeed)), { engine });
  const { points, hint } = checkOf(claimed, "recompute");
  assert.equal(points, 4);
  assert.match(
    hint ?? "",
    /If train_test_split had no random_state, write `split: unknown` in manifest\.yaml/,
  );

  const unknown = await gradeMade(
    await made((perfect) => manifestWith(perfect, { ...wrongSeed, split: "unknown" })),
    { engine },
  );
  assert.deepEqual(lostPoints(unknown), {});
  assert.match(
    checkOf(unknown, "recompute").reason,
    /Their loss on the test images is [\d.]+; history\.csv ends with a validation loss of [\d.]+, on images that are not known, so that it was not compared\.$/,
  );
});

Deno.test("validation.csv says which images were set aside, whatever the manifest's seed", async () => {
  const dataset = await engine.dataset("strokes");
  const perfect = await made();
  assert.ok(dataset.ok && perfect.weights);
  const network = trainedNetwork(
    { parameters: perfect.weights, activation: "tanh", predictions: null },
    dataset.value,
    filesEn,
  );
  assert.ok(network.ok);
  const aside = dataset.value.validate(network.value, { validation: 0.2, seed: 0 });
  const rows = Array.from(aside?.rows ?? [], (row) => [String(row)]);
  const submission = await made((given) => ({
    ...manifestWith(given, { split: "unknown" }),
    validation: { header: ["index"], rows },
  }));
  const grade = await gradeMade(submission, { engine });
  assert.deepEqual(lostPoints(grade), {});
  assert.match(
    checkOf(grade, "recompute").reason,
    /Their validation loss is [\d.]+, as history\.csv says\.$/,
  );

  const wrong = { ...submission, validation: { header: ["index"], rows: [["1"], ["70000"]] } };
  assert.match(
    checkOf(await gradeMade(wrong, { engine }), "recompute").reason,
    /on images that are not known \(validation\.csv, line 3, must be the number of a training image, from 0 to 5999, found 70000\)/,
  );
});

Deno.test("no validation loss costs nothing in recompute, where there is only the rest to look at", async () => {
  const submission = await made(({ history }) => ({
    history: withHeader(mapRows(history, ([epoch, train]) => [epoch, train]), ["epoch", "train_loss"]),
  }));
  const grade = await gradeMade(submission, { engine });
  // The learning curve's training part gives its share.
  assert.deepEqual(lostPoints(grade), { history: 2.4 });
  const { points, reason } = checkOf(grade, "recompute");
  assert.equal(points, 8, reason);
  assert.match(
    reason,
    /No validation loss was handed in to compare with theirs, which costs nothing here\.$/,
  );
});

Deno.test("a list that is right for the weights loses nothing where predictions.csv differs in one image, and both say so", async () => {
  const submission = await made(({ predictions, misclassified }) => {
    const [[index, , label]] = misclassified!.rows;
    return { predictions: mapRows(predictions, (row) => row[0] === index ? [index, label] : [...row]) };
  });
  const grade = await gradeMade(submission, { engine });
  const { points, reason } = checkOf(grade, "misclassified");
  assert.equal(points, 8, reason);
  assert.match(
    reason,
    /compared with what the weights predict, from which predictions\.csv differs in 1 image\.$/,
  );
  assert.match(
    checkOf(grade, "recompute").reason,
    /, and give the predictions handed in but for 1 image\. /,
  );
  // A list of what was handed in is as right.
  const listed = { ...submission.misclassified!, rows: submission.misclassified!.rows.slice(1) };
  const own = checkOf(await gradeMade({ ...submission, misclassified: listed }, { engine }), "misclassified");
  assert.deepEqual([own.points, /weights predict/.test(own.reason)], [8, false]);
});

Deno.test("rows of images that are classified rightly are counted as others, whatever class they give", async () => {
  const submission = await made(({ predictions, misclassified }) => {
    const wrong = new Set(misclassified!.rows.map(([index]) => index));
    const others = predictions!.rows.filter(([index]) => !wrong.has(index)).slice(0, 5)
      .map(([index, label]) => [index, String((Number(label) + 1) % 10), label]);
    const [[index, predicted, label], ...rows] = misclassified!.rows;
    const slip = [index, String((Number(predicted) + 1) % 10), label];
    return { misclassified: { ...misclassified!, rows: [slip, ...rows, ...others] } };
  });
  const { points, reason } = checkOf(await gradeMade(submission, { engine }), "misclassified");
  assert.ok(points > 0 && points < 8);
  assert.match(
    reason,
    /^\d+ of \d+ misclassified images found, 5 others besides\. 1 row of misclassified images has a wrong class\.$/,
  );
});

Deno.test("tables as spreadsheets save them are read as meant: other separators, decimal commas, UTF-16, Shift_JIS, Japanese headers", async () => {
  const files = ["predictions.csv", "history.csv", "misclassified.csv"];
  const perfect = new URL("../../grade/submissions/perfect-artifact/", import.meta.url);
  const japanese: Record<string, string> = {
    "index,label": "番号,ラベル",
    "epoch,train_loss,val_loss": "エポック,学習損失,検証損失",
    "index,predicted,label": "番号,予測,ラベル",
  };
  /** エポック and so on, as Excel saves them in Japan. */
  const shiftJis: Record<string, number[]> = {
    "番号,ラベル": [0x94, 0xd4, 0x8d, 0x86, 0x2c, 0x83, 0x89, 0x83, 0x78, 0x83, 0x8b],
  };
  const wide = (text: string) =>
    Uint8Array.from([0xff, 0xfe, ...Array.from(text, (char) => [char.charCodeAt(0), 0]).flat()]);
  const plain = (text: string) => new TextEncoder().encode(text);
  const saved: Record<string, (text: string) => Uint8Array> = {
    semicolons: (text) => plain(text.replaceAll(",", ";")),
    "semicolons and decimal commas": (text) => plain(text.replaceAll(",", ";").replaceAll(".", ",")),
    "tabs in UTF-16": (text) => wide(text.replaceAll(",", "\t")),
    "Japanese headers": (text) => plain(text.replace(/^.*/, (header) => japanese[header])),
    "Shift_JIS": (text) => {
      const [header, ...rows] = text.split("\n");
      const bytes = shiftJis[japanese[header]];
      return bytes === undefined
        ? plain(text)
        : Uint8Array.from([...bytes, ...plain(["", ...rows].join("\n"))]);
    },
  };
  for (const [name, save] of Object.entries(saved)) {
    const folder = await Deno.makeTempDir();
    try {
      for (const file of ["manifest.yaml", "weights.npz", "probe.npz"]) {
        await Deno.copyFile(new URL(file, perfect), `${folder}/${file}`);
      }
      for (const file of files) {
        await Deno.writeFile(`${folder}/${file}`, save(await Deno.readTextFile(new URL(file, perfect))));
      }
      const grade = await gradeMade(await openSubmission(folder), { engine });
      assert.deepEqual([lostPoints(grade), grade.notes], [{}, []], name);
      assert.ok(grade.understood.length > 0, name);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
});

Deno.test("of predictions and a validation loss that could not be read it is said why, and not that there were none", async () => {
  const problem = { file: "history.csv", fault: ["csvCells", 3, 3, 2] } as const;
  const submission = await made(({ predictions, problems }) => ({
    predictions: mapRows(predictions, ([index, label], i) => [index, i === 4 ? "?" : label]),
    history: null,
    problems: [...problems, problem],
  }));
  const { points, reason } = checkOf(await gradeMade(submission, { engine }), "recompute");
  assert.equal(points, 0);
  assert.match(
    reason,
    /there are no predictions to compare with: predictions\.csv, line 6, must be two whole numbers, index and label, found 4,\?\. Their validation loss was not compared, as history\.csv could not be read, which costs nothing here: history\.csv: line 3 must have as many cells/,
  );
  const none = await made(() => ({ predictions: null }));
  assert.match(
    checkOf(await gradeMade(none, { engine }), "recompute").reason,
    /no predictions to compare with: The submission must have predictions\.csv, found none\./,
  );
});

Deno.test("a network that diverged is one whose values are not finite, and of no wrong form", async () => {
  const submission = await made(({ weights }) => {
    const { W2 } = weights!;
    return { weights: { ...weights, W2: { ...W2, data: W2.data.map((x, i) => i === 7 ? NaN : x) } } };
  });
  const grade = await gradeMade(submission, { engine });
  for (const name of ["recompute", "band"]) {
    const { status, points, reason, hint } = checkOf(grade, name);
    assert.deepEqual([status, points], ["failed", 0]);
    assert.equal(
      reason,
      "The trained network has values that are not finite: W2 must be finite in float32, found NaN.",
    );
    assert.match(hint ?? "", /smaller learning rate/);
  }
});
