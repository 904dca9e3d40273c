import assert from "node:assert/strict";
import { CALIBRATION_BINS } from "../../src/metrics/calibration.ts";
import { formatCalibration, parseCalibration } from "../../src/tables/calibration_csv.ts";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { type EpochRow, formatHistory, openHistory, parseHistory } from "../../src/tables/history_csv.ts";
import {
  DIAGNOSTICS_COLUMNS,
  type DiagnosticsRow,
  formatDiagnostics,
  openDiagnostics,
  parseDiagnostics,
  sampleDiagnostics,
} from "../../src/tables/diagnostics_csv.ts";
import { diagnosticsRows } from "../report/sample_report.ts";
import { formatPredictions, parsePredictions } from "../../src/tables/predictions_csv.ts";
import { formatResults, parseResults, type RunRow } from "../../src/tables/results_csv.ts";
import { formatTable, parseSample, parseTable, type Table } from "../../src/tables/table.ts";
import { formatTimings, parseTimings } from "../../src/tables/timings_csv.ts";
import { ParseError } from "../../src/text/parse_error.ts";
import { count, finite, optional, text, whereSet } from "../../src/text/codecs.ts";
import { evenIndices } from "../../src/text/sparkline.ts";
import { divergedRow, runRow } from "./run_rows.ts";

const HEADER =
  "trial,seed,status,hidden,activation,init,sigma,bias,epochs,batch_size,learning_rate,optimizer," +
  "reduction,shuffle,split_seed,init_seed,shuffle_seed,train_loss,val_loss,val_accuracy,test_loss,test_accuracy," +
  "weights_sha256";
const LINE =
  "0,0,ok,400-200,tanh,gaussian,0.01,gaussian,3,20,0.01,sgd,mean,once,0,0,0,0.25,0.3,0.9125,0.29,0.9144," +
  "0123456789abcdef".repeat(4);

Deno.test("results.csv is written as the README shows it", () => {
  const diverged = divergedRow({ trial: 1, hidden: [], init: "xavier", sigma: null, batch_size: "full" });
  assert.equal(
    formatResults([diverged, runRow()]),
    `${HEADER}\n${LINE}\n1,0,diverged,,tanh,xavier,,gaussian,3,full,0.01,sgd,mean,once,0,0,0,,,,,,\n`,
  );
  assert.equal(formatResults([]), HEADER + "\n");
});

Deno.test("an activation for each hidden layer is joined as the layers' sizes are, and one word where all are the same", () => {
  const cell = (activation: RunRow["activation"]) => formatResults([runRow({ activation })]).split(",")[26];
  assert.equal(cell("tanh"), "tanh");
  assert.equal(cell(["tanh", "relu"]), "tanh-relu");
  assert.equal(cell(["relu", "relu"]), "relu");
  const read = (cell: string) => parseResults(`${HEADER}\n${LINE.replace("tanh", cell)}\n`)[0].activation;
  assert.deepEqual(read("relu-tanh-tanh"), ["relu", "tanh", "tanh"]);
  for (const wrong of ["", "-tanh", "tanh-", "tanh--relu", "tanh-swish", "Tanh"]) {
    assert.throws(() => read(wrong), /activation must be one of .*, or several joined by -/, wrong);
  }
});

Deno.test("what is wrong with the first line of a table that was saved again is named, and only columns are asked for that it must have", () => {
  const edited = (header: string) => `${header}\n${LINE}\n`;
  for (
    const [header, en, ja] of [
      [HEADER.replaceAll(",", ";"), "its cells are separated by semicolons", "セミコロンで区切られています"],
      [HEADER.replaceAll(",", "\t"), "its cells are separated by tabs", "タブで区切られています"],
      [`${HEADER},note`, 'no such table has "note"', '"note" という列はありません'],
      [HEADER.replace(",val_loss", ""), "it has no val_loss", "val_loss がありません"],
      [
        HEADER.replace("hidden,activation", "activation,hidden"),
        "hidden stands in another place, or twice",
        "hidden の位置が違うか、重複しています",
      ],
    ]
  ) {
    assert.throws(() => parseResults(edited(header)), (error) => {
      assert.ok(error instanceof ParseError);
      assert.ok(error.message.startsWith(`Cannot parse results.csv: line 1 must be ${HEADER}, found `));
      assert.ok(error.message.includes(`: ${en}`), error.message);
      assert.ok(error.ja.includes(ja), error.ja);
      return true;
    });
  }
});

Deno.test("results.csv is ordered by trial, then seed, as numbers", () => {
  const rows = [[10, 0], [2, 10], [2, 9], [0, 1]].map(([trial, seed]) => runRow({ trial, seed }));
  const order = formatResults(rows).trimEnd().split("\n").slice(1).map((line) =>
    line.split(",").slice(0, 2).join()
  );
  assert.deepEqual(order, ["0,1", "2,9", "2,10", "10,0"]);
});

Deno.test("numbers in CSV are the shortest decimals that read back, and a metric that is not finite is empty", () => {
  const rows = [runRow({
    sigma: 1e-7,
    learning_rate: 0.1,
    train_loss: Math.fround(0.1),
    val_loss: 5e-324,
    val_accuracy: NaN,
    test_loss: Infinity,
  })];
  const [, line] = formatResults(rows).split("\n");
  const cells = line.split(",");
  assert.equal(cells[6], "1e-7");
  assert.equal(cells[10], "0.1");
  assert.deepEqual(cells.slice(17, 21), ["0.10000000149011612", "5e-324", "", ""]);
});

Deno.test("parseResults() gives back exactly the rows that formatResults() was given", () => {
  const metric = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0), {
    nil: null,
  });
  const word = fc.stringMatching(/^[ -~]+$/);
  const row: fc.Arbitrary<RunRow> = fc.record({
    trial: fc.nat(),
    seed: fc.nat(),
    status: fc.constantFrom("ok", "diverged", "failed"),
    standardise: fc.constantFrom(null, true, false, "center" as const),
    hidden: fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 4 }),
    activation: fc.oneof(
      fc.constantFrom("tanh", "relu"),
      fc.constantFrom(["tanh", "relu"], ["sigmoid", "sigmoid", "identity"]),
    ),
    init: word,
    sigma: metric,
    bias: fc.constantFrom("zero" as const, "gaussian" as const, -0.25),
    epochs: fc.nat(),
    batch_size: fc.oneof(fc.constant("full" as const), fc.integer({ min: 1 })),
    learning_rate: fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
    optimizer: fc.constantFrom<RunRow["optimizer"][]>(
      "sgd",
      { name: "adam", beta1: 0.8, epsilon: 1e-7 },
      { name: "rmsprop", centered: true },
    ),
    weight_decay: metric,
    clip_norm: metric,
    reduction: word,
    shuffle: word,
    schedule: fc.constantFrom<RunRow["schedule"][]>(
      null,
      { method: "constant", warmup: 3 },
      { method: "step", every: 10, factor: 0.5, warmup: { steps: 500 } },
      { method: "plateau", factor: 0.1, patience: 10, min_delta: 1e-7, cooldown: 0, to: 0 },
    ),
    early_stopping: fc.constantFrom<RunRow["early_stopping"][]>(null, "none", {
      patience: 5,
      min_delta: 1e-7,
      restore_best: true,
    }),
    dropout: fc.constantFrom<RunRow["dropout"][]>(null, 0, 0.5, [0.2, 1e-7]),
    input_noise: fc.constantFrom(null, 0, 0.1),
    split_seed: fc.maxSafeNat(),
    init_seed: fc.maxSafeNat(),
    shuffle_seed: fc.maxSafeNat(),
    noise_seed: fc.option(fc.maxSafeNat(), { nil: null }),
    stopped_epoch: fc.option(fc.nat(), { nil: null }),
    kept_epoch: fc.option(fc.nat(), { nil: null }),
    train_loss: metric,
    val_loss: metric,
    val_accuracy: metric,
    test_loss: metric,
    test_accuracy: metric,
    test_top2_accuracy: metric,
    test_macro_f1: metric,
    test_ece: metric,
    weights_sha256: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/), { nil: null }),
  }, { noNullPrototype: true });
  const rows = fc.uniqueArray(row, { selector: ({ trial, seed }) => `${trial}-${seed}`, maxLength: 5 });
  fc.assert(
    fc.property(rows, (drawn) => {
      const text = formatResults(drawn);
      const parsed = parseResults(text);
      const plain = (rows: readonly RunRow[]) => rows.map((row) => ({ ...row }));
      assert.deepEqual(
        plain(parsed),
        plain(drawn.toSorted((a, b) => a.trial - b.trial || a.seed - b.seed)),
      );
      assert.equal(formatResults(parsed), text);
    }),
    { numRuns: 50 },
  );
});

Deno.test("parseResults() takes what a spreadsheet makes of the file: byte order mark, \\r\\n, quotes", () => {
  const text = `\ufeff${HEADER}\r\n${LINE.replace("tanh", '"tanh"')}\r\n`;
  assert.deepEqual(parseResults(text), [runRow()]);
});

Deno.test("a table of more rows than a sweep can write is refused before its cells are looked at", () => {
  const many = (head: string, count: number) => `${head}\n${"x\n".repeat(count)}`;
  assert.throws(
    () => parseResults(many("trial,seed", 100_001)),
    /^SyntaxError: Cannot parse results\.csv: it must have at most 100,000 rows, found 100,001$/,
  );
  assert.throws(
    () => parseDiagnostics(many("epoch", 90_010)),
    /^SyntaxError: Cannot parse diagnostics\.csv: it must have at most 90,009 rows, found 90,010$/,
  );
  assert.throws(
    () => parseTimings(many("step", 9), 8),
    /timings\.csv: it must have at most 8 rows, found 9$/,
  );
  assert.throws(() => parseTimings(many("step", 8), 8), /line 1 must be step,/);
});

Deno.test("parseResults() says which line and column is wrong, what must be there and what was found", () => {
  const cases: [string, RegExp][] = [
    ["", /^Cannot parse results\.csv: line 1 must be trial,seed,.*, found nothing$/],
    ["a,b\n1,2\n", /^Cannot parse results\.csv: line 1 must be trial,seed,.*, found a,b: it has no trial$/],
    [`${HEADER}\n${LINE}\n1,2\n`, /line 3 must have 23 cells, found 2$/],
    [
      `${HEADER}\n${LINE.replace("ok", "fine")}\n`,
      /line 2, status must be one of ok, diverged, failed, found "fine"$/,
    ],
    [
      `${HEADER}\n${LINE.replace("400-200", "400-")}\n`,
      /line 2, hidden must be sizes of 1 or more .* found "400-"$/,
    ],
    [
      `${HEADER}\n${LINE.replace("0.9125", "0x1")}\n`,
      /line 2, val_accuracy must be a finite number or empty, found "0x1"$/,
    ],
    [
      `${HEADER}\n${LINE.replace(",20,", ",0,")}\n`,
      /batch_size must be an integer of 1 or more, or full, found "0"$/,
    ],
    [
      `${HEADER}\n${LINE.replace(",0.01,sgd", ",,sgd")}\n`,
      /learning_rate must be a finite number, found ""$/,
    ],
    [`${HEADER}\n${LINE}0\n`, /weights_sha256 must be 64 hexadecimal digits or empty, found "0123/],
    [`${HEADER}\n-1${LINE.slice(1)}\n`, /line 2, trial must be an integer of 0 or more, found "-1"$/],
    [`${HEADER}\n${LINE}\n${LINE}\n`, /each row must have its own trial, seed, found trial 0, seed 0 twice$/],
    [`${HEADER}\n${LINE.replace("tanh", '"tanh')}\n`, /^Cannot parse results\.csv: Quote Not Closed/],
  ];
  for (const [text, message] of cases) {
    // In Japanese of the same line and column.
    const ja = /^results\.csv：(?=.*[ぁ-ん])/;
    assert.throws(() => parseResults(text), { name: "SyntaxError", message, ja });
    const [place] = /line \d+, \w+/.exec(String(message)) ?? [];
    if (place === undefined) continue;
    const [, line, column] = place.split(/ |, /);
    assert.throws(() => parseResults(text), { ja: new RegExp(`：${line} 行目の ${column} に`) });
  }
});

Deno.test("formatResults() refuses what its columns cannot hold", () => {
  const cases: [Partial<RunRow>, RegExp][] = [
    [{ trial: -1 }, /^Cannot format results\.csv: trial must be an integer of 0 or more, found -1$/],
    [{ learning_rate: NaN }, /learning_rate must be a finite number, found NaN$/],
    [{ hidden: [400, 0] }, /hidden must be sizes of 1 or more joined by -.* found 400,0$/],
    [{ batch_size: 0 }, /batch_size must be an integer of 1 or more, or full, found 0$/],
    [
      { activation: [] },
      /activation must be one of tanh, sigmoid, relu, identity, leaky_relu, elu, softplus, gelu, or several joined by -, found $/,
    ],
    [{ init: "" }, /init must be a text of one line, found $/],
    [{ weights_sha256: "abc" }, /weights_sha256 must be 64 hexadecimal digits or empty, found abc$/],
  ];
  for (const [changes, message] of cases) {
    assert.throws(() => formatResults([runRow(changes)]), { name: "RangeError", message });
  }
  assert.throws(() => formatResults([runRow(), runRow()]), {
    name: "RangeError",
    message: /trial 0, seed 0 twice$/,
  });
});

Deno.test("history.csv is written and read back, ordered by trial, seed and epoch", () => {
  const row = (trial: number, seed: number, epoch: number, loss: number | null) => (
    { trial, seed, epoch, train_loss: loss, val_loss: loss, val_accuracy: 0.5, learning_rate: null }
  );
  const text = formatHistory([row(1, 0, 2, NaN), row(1, 0, 1, 2.5), row(0, 3, 10, 0.1), row(0, 3, 9, 1 / 3)]);
  assert.equal(
    text,
    "trial,seed,epoch,train_loss,val_loss,val_accuracy\n" +
      "0,3,9,0.3333333333333333,0.3333333333333333,0.5\n0,3,10,0.1,0.1,0.5\n1,0,1,2.5,2.5,0.5\n1,0,2,,,0.5\n",
  );
  assert.deepEqual(parseHistory(text)[3], row(1, 0, 2, null));
  assert.equal(formatHistory(parseHistory(text)), text);
});

Deno.test("tables that are joined by hand are what csv-stringify writes", () => {
  const history = Array.from({ length: 50 }, (_, i) => (
    {
      trial: i,
      seed: 0,
      epoch: 1,
      train_loss: i / 7,
      val_loss: i % 3 ? 1 / i : null,
      val_accuracy: 1e-9 * i,
      learning_rate: i % 2 ? 0.5 ** i : null,
    }
  ));
  const columns = Object.keys(history[0]);
  assert.equal(formatHistory(history), stringify(history, { header: true, columns, record_delimiter: "\n" }));
  const labels = Uint8Array.from({ length: 50 }, (_, i) => i * 5);
  const predictions = labels.toReversed();
  const records = Array.from(labels, (label, index) => ({ index, label, predicted: predictions[index] }));
  assert.equal(
    formatPredictions({ labels, predictions }),
    stringify(records, { header: true, record_delimiter: "\n" }),
  );
});

Deno.test("timings.csv has the shared steps first and rounds what no clock can tell", () => {
  const text = formatTimings([
    { step: "train", trial: 1, seed: 0, seconds: 1.23456789, images_per_second: 48000.4 },
    { step: "evaluate", trial: 0, seed: 0, seconds: 0.1, images_per_second: null },
    { step: "preprocess", trial: null, seed: null, seconds: 2, images_per_second: null },
    { step: "download", trial: null, seed: null, seconds: 0.0000004, images_per_second: null },
  ]);
  assert.equal(
    text,
    "step,trial,seed,seconds,images_per_second\ndownload,,,0,\npreprocess,,,2,\nevaluate,0,0,0.1,\n" +
      "train,1,0,1.234568,48000\n",
  );
  assert.equal(formatTimings(parseTimings(text)), text);
});

Deno.test("predictions.csv is written and read back", () => {
  const written = { labels: Uint8Array.of(7, 2, 255), predictions: Uint8Array.of(7, 3, 0) };
  const text = formatPredictions(written);
  assert.equal(text, "index,label,predicted\n0,7,7\n1,2,3\n2,255,0\n");
  assert.deepEqual(parsePredictions(text), written);
  assert.throws(() => parsePredictions("index,label,predicted\n"), /must have a row or more, found none$/);
  assert.deepEqual(parsePredictions("index,label,predicted\n1,2,3\n0,7,7\n2,255,0\n"), written);
});

Deno.test("predictions.csv as it was written is read as by the general parser", () => {
  const written = {
    labels: Uint8Array.from({ length: 1200 }, (_, i) => i % 256),
    predictions: Uint8Array.from({ length: 1200 }, (_, i) => (7 * i) % 256),
  };
  const text = formatPredictions(written);
  assert.deepEqual(parsePredictions(text), written);
  // None of these is as it was written: line ends, a missing one at the end, quotes, leading zeros.
  const others = [text.replaceAll("\n", "\r\n"), text.trimEnd(), text.replace("5,5,", '"5",5,')];
  for (const other of others) assert.deepEqual(parsePredictions(other), written);
  assert.deepEqual(parsePredictions("index,label,predicted\n0,007,1\n"), {
    labels: Uint8Array.of(7),
    predictions: Uint8Array.of(1),
  });
});

Deno.test("diagnostics.csv has histograms as counts by exponents, and a file without them is read too", () => {
  const [row] = diagnosticsRows(0);
  const rows: DiagnosticsRow[] = [
    { ...row, activation_histogram: { zeros: 120, first: -9, counts: [3, 0, 10] } },
    { ...row, layer: 2, gradient_histogram: { zeros: 0, first: 1, counts: [5] } },
    { ...row, layer: 3, gradient_histogram: { zeros: 8, first: 0, counts: [] } },
  ];
  const text = formatDiagnostics(rows);
  assert.match(text, /,zero:120 -9:3 -7:10,/);
  assert.match(text, /,1:5\n/);
  assert.match(text, /,zero:8\n/);
  assert.deepEqual(parseDiagnostics(text), rows);
  const former = DIAGNOSTICS_COLUMNS.filter((name) => !name.endsWith("_histogram"));
  const old = formatDiagnostics(rows, former);
  assert.doesNotMatch(old, /histogram|zero/);
  assert.deepEqual(
    parseDiagnostics(old),
    rows.map((row) => ({ ...row, activation_histogram: null, gradient_histogram: null })),
  );
  for (const cell of ["zero:0", "-9:3 zero:1", "-9:3 -9:1", "-9:3 -10:1", "a:1", "-9:", "-9:3  -8:1"]) {
    assert.throws(() => parseDiagnostics(text.replace("zero:120 -9:3 -7:10", cell)), {
      name: "SyntaxError",
      message: /line 2, activation_histogram must be counts by ascending powers of two/,
    });
  }
});

Deno.test("of more epochs than can be drawn an even sample is read, and how many there are", () => {
  const rows = diagnosticsRows(999);
  const text = formatDiagnostics(rows);
  const { rows: read, epochs } = sampleDiagnostics(text);
  assert.equal(epochs, 1000);
  const sampled = new Set(read.map(({ epoch }) => epoch));
  assert.deepEqual([sampled.size, Math.min(...sampled), Math.max(...sampled)], [240, 0, 999]);
  const gaps = [...sampled].slice(1).map((epoch, i) => epoch - [...sampled][i]);
  assert.deepEqual([Math.min(...gaps), Math.max(...gaps)], [4, 5]);
  assert.deepEqual(read, parseDiagnostics(text).filter(({ epoch }) => sampled.has(epoch)));
  assert.deepEqual(sampleDiagnostics(text.replace("0,1,100,", '"0",1,100,')).rows, read);
  // As far as it is read it must be right, with the line's own number.
  const broken = text.replace("\n999,1,100,", "\n999,1,many,");
  assert.throws(() => sampleDiagnostics(broken), /line 2000, units must be an integer/);
  for (const wrong of [text.replace("\n500,1,", "\nx,1,"), text.replace("epoch", "time"), "", "epoch\n"]) {
    assert.throws(() => sampleDiagnostics(wrong), { name: "SyntaxError" });
  }
  const few = formatDiagnostics(rows.slice(0, 480));
  assert.deepEqual(sampleDiagnostics(few), { rows: parseDiagnostics(few), epochs: 240 });
});

/** How a spreadsheet, or an editor, may write a table that was written with plain cells and `\n`. */
const GUISES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.trimEnd(),
  (text) => `\ufeff${text}`,
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replace(/^\d+/gm, '"$&"'),
  (text) => text.replace(/^\d+/gm, "00000000000000$&"),
];

/** What reading comes to: rows, or the words of the complaint. */
function outcome<Row>(read: () => Row): Row | string {
  try {
    return read();
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return error.message;
  }
}

Deno.test("parseSample() reads what parseTable() does of an even sample of the first column's values, in any order and guise", () => {
  interface Row {
    readonly epoch: number;
    readonly layer: number;
    readonly loss: number | null;
  }
  const table: Table<Row> = {
    name: "planted.csv",
    columns: { epoch: count, layer: count, loss: optional(finite) },
    key: ["epoch", "layer"],
  };
  const row = fc.record({
    epoch: fc.oneof(fc.nat(9), fc.constantFrom(10, 99, 100, 999_999_999_999_999, 2 ** 53 - 1)),
    layer: fc.nat(3),
    loss: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }),
  }, { noNullPrototype: true });
  const rows = fc.uniqueArray(row, { selector: ({ epoch, layer }) => `${epoch}-${layer}`, maxLength: 20 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 2, max: 8 }), fc.constantFrom(...GUISES), (rows, most, guise) => {
      const lines = rows.map(({ epoch, layer, loss }) => `${epoch},${layer},${loss ?? ""}\n`);
      const written = guise(`epoch,layer,loss\n${lines.join("")}`);
      const all = parseTable(table, written);
      const values = [...new Set(all.map(({ epoch }) => epoch))];
      const sampled = new Set(evenIndices(values.length, most).map((i) => values[i]));
      const expected = { rows: all.filter(({ epoch }) => sampled.has(epoch)), values: values.length };
      assert.deepEqual(parseSample(table, written, { most }), expected);
      const opened = parseSample(table, written, { most, open: true });
      const read = opened.rows.map(({ epoch, layer, loss }) => ({ epoch, layer, loss }));
      assert.deepEqual({ ...opened, rows: read }, expected);
    }),
  );
  for (const first of ["", "x", "-1", "1.5", "9007199254740992", "1e3", " 1", "1x"]) {
    const written = `epoch,layer,loss\n0,0,\n${first},0,\n2,0,\n3,0,\n`;
    const expected = outcome(() => parseTable(table, written));
    assert.match(String(expected), /line 3, epoch must be an integer of 0 or more/);
    for (const open of [false, true]) {
      assert.equal(outcome(() => parseSample(table, written, { most: 2, open })), expected, first);
    }
  }
  assert.throws(
    () => parseSample(table, "epoch,layer,loss\n0,0,\n\n1,0,\n", { most: 2 }),
    /line 3 must have 3 cells/,
  );
});

Deno.test("openHistory() has the rows that parseHistory() reads, or its complaint of a key, in any order and guise", () => {
  const header = "trial,seed,epoch,train_loss,val_loss,val_accuracy";
  const key = fc.constantFrom("0", "1", "2", "10", "007", "9007199254740991");
  const wrong = fc.constantFrom("", "x", "-1", "1.0", "9007199254740992", "1 ");
  const cell = fc.oneof({ weight: 60, arbitrary: key }, { weight: 1, arbitrary: wrong });
  const loss = fc.constantFrom("", "0.5", "0.6931471805599453", "1e-7");
  const line = fc.tuple(cell, cell, cell, loss, loss, loss).map((cells) => cells.join(","));
  const lines = fc.array(line, { maxLength: 8 });
  const texts = fc.tuple(fc.oneof(lines, lines.map((list) => list.toSorted())), fc.constantFrom(...GUISES))
    .map(([lines, guise]) => guise([header, ...lines, ""].join("\n")));
  const plain = ({ trial, seed, epoch, train_loss, val_loss, val_accuracy, learning_rate }: EpochRow) => (
    { trial, seed, epoch, train_loss, val_loss, val_accuracy, learning_rate }
  );
  fc.assert(
    fc.property(texts, (text) => {
      assert.deepEqual(outcome(() => openHistory(text).map(plain)), outcome(() => parseHistory(text)));
    }),
    { numRuns: 500 },
  );
  for (
    const text of ["", "epoch\n", "trial,seed,epoch\n0,0,1\n", `${header}\n0,0,,0.5,,\n`, `${header}\n0\n`]
  ) {
    assert.equal(outcome(() => openHistory(text)), outcome(() => parseHistory(text)));
  }
});

Deno.test("what is asked of an opened row must be right, with the line's own number; what is not asked may be anything", () => {
  const row = { trial: 0, seed: 0, train_loss: 0.5, val_loss: null, val_accuracy: null, learning_rate: null };
  const epochs = Array.from({ length: 9 }, (_, i) => ({ ...row, epoch: i + 1 }));
  const history = openHistory(formatHistory(epochs).replace("0,0,7,0.5", "0,0,7,half"));
  assert.deepEqual(history.map(({ epoch }) => epoch), epochs.map(({ epoch }) => epoch));
  assert.equal(history[5].train_loss, 0.5);
  assert.throws(() => history[6].val_loss, {
    name: "SyntaxError",
    message: 'Cannot parse history.csv: line 8, train_loss must be a finite number or empty, found "half"',
  });
  const text = formatDiagnostics(diagnosticsRows(999));
  const { rows, epochs: all } = openDiagnostics(text.replace("\n999,1,100,", "\n999,1,many,"));
  const sampled = sampleDiagnostics(text);
  assert.equal(all, sampled.epochs);
  assert.deepEqual(
    rows.map(({ epoch, layer }) => [epoch, layer]),
    sampled.rows.map(({ epoch, layer }) => [epoch, layer]),
  );
  assert.deepEqual(rows[0].activation_histogram, sampled.rows[0].activation_histogram);
  assert.throws(
    () => rows.at(-2)?.gradient_std,
    /^SyntaxError: Cannot parse diagnostics\.csv: line 2000, units must be/,
  );
});

Deno.test("a histogram's cell is read, or refused, as the pattern of its pairs says, whatever its characters", () => {
  const [row] = diagnosticsRows(0);
  const written = "zero:120 -9:3 -7:10";
  const text = formatDiagnostics([{
    ...row,
    activation_histogram: { zeros: 120, first: -9, counts: [3, 0, 10] },
  }]);
  /** By the pattern, pair by pair; null for a cell that is none. */
  const expected = (cell: string) => {
    const pairs = cell.split(" ").map((pair) => /^(zero|-?\d{1,3}):(\d{1,10})$/.exec(pair));
    if (pairs.some((pair, i) => pair === null || Number(pair[2]) === 0 || (pair[1] === "zero" && i > 0))) {
      return null;
    }
    const octaves = pairs.filter((pair) => pair![1] !== "zero").map((pair) => pair!.slice(1).map(Number));
    if (octaves.some(([exponent], i) => i > 0 && exponent <= octaves[i - 1][0])) return null;
    const first = octaves[0]?.[0] ?? 0;
    const counts = Array.from({ length: octaves.length && octaves.at(-1)![0] - first + 1 }, () => 0);
    for (const [exponent, count] of octaves) counts[exponent - first] = count;
    return { zeros: pairs[0]![1] === "zero" ? Number(pairs[0]![2]) : 0, first, counts };
  };
  const pair = fc.tuple(fc.integer({ min: -1100, max: 1100 }), fc.integer({ min: 0, max: 99_999_999_999 }));
  const pairs = fc.array(pair, { maxLength: 5 }).map((list) =>
    list.toSorted(([a], [b]) => a - b).map((both) => both.join(":")).join(" ")
  );
  const near = fc.tuple(
    fc.nat(written.length),
    fc.nat(2),
    fc.string({ unit: fc.constantFrom(...":- 019ez"), maxLength: 2 }),
  )
    .map(([at, cut, put]) => written.slice(0, at) + put + written.slice(at + cut));
  const cells = fc.oneof(near, pairs, pairs.map((list) => `zero:7 ${list}`)).filter((cell) => cell !== "");
  fc.assert(fc.property(cells, (cell) => {
    const wanted = expected(cell);
    const read = () => parseDiagnostics(text.replace(written, cell))[0].activation_histogram;
    if (wanted === null) assert.throws(read, { name: "SyntaxError" }, cell);
    else assert.deepEqual(read(), wanted, cell);
  }));
});

Deno.test("predictions.csv with missing, doubled or impossible rows is refused", () => {
  const head = "index,label,predicted\n";
  const cases: [string, RegExp][] = [
    [`${head}0,1,1\n2,1,1\n`, /index must run from 0 to 1, found none that is 1$/],
    [`${head}0,1,1\n0,1,1\n`, /each row must have its own index, found index 0 twice$/],
    [`${head}0,1,256\n`, /line 2, predicted must be an integer from 0 to 255, found "256"$/],
    [`${head}0,1,1.0\n`, /line 2, predicted must be an integer from 0 to 255, found "1\.0"$/],
  ];
  for (const [text, message] of cases) {
    assert.throws(() => parsePredictions(text), { name: "SyntaxError", message });
  }
  assert.throws(() => formatPredictions({ labels: new Uint8Array(2), predictions: new Uint8Array(1) }), {
    name: "TypeError",
    message: "Cannot format predictions.csv: predictions must be as many as labels, 2, found 1",
  });
});

Deno.test("a file that was written before a column was added has its value for absent; other columns are told as ever", () => {
  interface Row {
    readonly trial: number;
    readonly decay: number | null;
    readonly name: string;
  }
  const table: Table<Row> = {
    name: "planted.csv",
    columns: { trial: count, decay: { ...optional(finite), absent: null }, name: text },
    key: ["trial"],
  };
  const rows: Row[] = [{ trial: 0, decay: null, name: "a" }, { trial: 1, decay: null, name: "b" }];
  assert.deepEqual(parseTable(table, "trial,name\n1,b\n0,a\n"), rows);
  assert.deepEqual(parseTable(table, formatTable(table, rows)), rows);
  assert.equal(parseTable(table, "trial,decay,name\n0,0.5,a\n")[0].decay, 0.5);
  const cases: [string, RegExp][] = [
    ["trial\n0\n", /^Cannot parse planted\.csv: line 1 must be trial,name, found trial: it has no name$/],
    ["trial,rate,name\n", /line 1 must be trial,name, found trial,rate,name: no such table has "rate"$/],
    ["name,trial\n", /line 1 must be trial,name, found name,trial: trial stands in another place, or twice$/],
    ["", /line 1 must be trial,name, found nothing$/],
    ["trial,name\n0,0.5,a\n", /line 2 must have 2 cells, found 3$/],
  ];
  for (const [text, message] of cases) {
    assert.throws(() => parseTable(table, text), { name: "SyntaxError", message });
  }
});

Deno.test("a file has a column that is only written where set exactly when some row sets it", () => {
  interface Row {
    readonly id: number;
    readonly decay: number | null;
  }
  const table: Table<Row> = { name: "a.csv", columns: { id: count, decay: whereSet(finite) }, key: ["id"] };
  const unset = [{ id: 0, decay: null }, { id: 1, decay: null }];
  const set = [{ id: 0, decay: null }, { id: 1, decay: 0.5 }];
  assert.equal(formatTable(table, unset), "id\n0\n1\n");
  assert.equal(formatTable(table, set), "id,decay\n0,\n1,0.5\n");
  for (const rows of [unset, set]) assert.deepEqual(parseTable(table, formatTable(table, rows)), rows);
});

Deno.test("calibration.csv reads back, and is refused where its bins are not 1 to 15 in their order", () => {
  const bins = Array.from({ length: CALIBRATION_BINS }, (_, i) => ({
    count: i,
    accuracy: i === 0 ? null : i / 15,
    confidence: i === 0 ? null : (i + 0.5) / 15,
  }));
  const text = formatCalibration(bins);
  assert.deepEqual(parseCalibration(text), bins);
  const [head, ...lines] = text.trimEnd().split("\n");
  const join = (rows: string[]) => [head, ...rows].join("\n") + "\n";
  const renumbered = lines.map((line, i) => line.replace(/^\d+/, String(i + 2)));
  for (const wrong of [lines.slice(0, -1), lines.slice(1), renumbered]) {
    assert.throws(() => parseCalibration(join(wrong)), {
      name: "SyntaxError",
      message: `Cannot parse calibration.csv: it must have the bins 1 to 15, found ${wrong.length} rows`,
    });
  }
});
