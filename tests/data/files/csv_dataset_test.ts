import assert from "node:assert/strict";
import { csvDataset, type CsvOptions, decodeText } from "../../../src/data/files/csv_dataset.ts";
import type { FileDataset } from "../../../src/data/files/labelled_rows.ts";
import { assertToldInBoth } from "./told_in_japanese.ts";
import golden from "../../fixtures/own_data.json" with { type: "json" };

const encode = (text: string) => new TextEncoder().encode(text);

function read(
  train: string | Uint8Array,
  options: Partial<CsvOptions> & { test?: string } = {},
): FileDataset {
  const { test, ...others } = options;
  return csvDataset(
    {
      train: typeof train === "string" ? encode(train) : train,
      test: test === undefined ? undefined : encode(test),
    },
    { split: { share: 0.2, seed: 0 }, ...others },
  );
}

/** The rows of both parts as lists. */
function rowsOf({ dataset, classNames }: FileDataset) {
  const part = (rows: FileDataset["dataset"]["train"]) => {
    assert.ok(rows.storage === "real");
    return Array.from(rows.labels, (label, i) => [
      classNames[label],
      ...rows.numbers.subarray(i * dataset.features, (i + 1) * dataset.features),
    ]);
  };
  return { train: part(dataset.train), test: part(dataset.test) };
}

const TEST = "label,a,b\ny,7,8\nx,9,10\n";
const EXPECTED = { train: [["x", 1, 2], ["y", 3, 4.5], ["x", 5, 6]], test: [["y", 7, 8], ["x", 9, 10]] };

Deno.test("a table is read whatever its separators, line ends, quotes, mark and encoding", () => {
  const plain = "label,a,b\nx,1,2\ny,3,4.5\nx,5,6\n";
  const utf16 = (littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * plain.length + 2));
    [0xfeff, ...[...plain].map((c) => c.charCodeAt(0))].forEach((c, i) =>
      view.setUint16(2 * i, c, littleEndian)
    );
    return new Uint8Array(view.buffer);
  };
  for (
    const text of [
      plain,
      plain.replaceAll(",", ";"),
      plain.replaceAll(",", "\t"),
      plain.replaceAll("\n", "\r\n"),
      "\uFEFF" + plain,
      plain.trimEnd(),
      plain.replace("x,1,2", '"x"," 1 ","2"\n'),
      utf16(true),
      utf16(false),
    ]
  ) {
    assert.deepEqual(rowsOf(read(text, { test: TEST })), EXPECTED);
  }
});

Deno.test("Japanese names are read in UTF-8 and in Shift_JIS, as Excel writes it", () => {
  assert.equal(decodeText(Uint8Array.of(0x8c, 0xa2, 0x2c, 0x94, 0x4c)), "犬,猫");
  assert.equal(decodeText(encode("犬,猫")), "犬,猫");
  assert.throws(() => decodeText(Uint8Array.of(0xff, 0xff, 0x80)), /must be text in UTF-8/);
});

Deno.test("columns of texts become one input a text, in the order of their characters' codes; a test part may have other columns' order", () => {
  const { dataset, classNames, inputNames } = read("label,colour,size\nyes,red,1\nno,blue,2\n", {
    test: "size,label,colour\n3,no,green\n",
  });
  assert.deepEqual(classNames, ["no", "yes"]);
  assert.deepEqual(inputNames, ["colour=blue", "colour=green", "colour=red", "size"]);
  assert.ok(dataset.train.storage === "real" && dataset.test.storage === "real");
  assert.deepEqual([...dataset.train.numbers], [0, 0, 1, 1, 1, 0, 0, 2]);
  assert.deepEqual([...dataset.test.numbers], [0, 1, 0, 3]);
  const coded = read("label,zip\na,10\nb,9\na,10\nb,9\na,9\n", {
    categories: ["zip"],
    split: { share: 0.2, seed: 1 },
  });
  assert.deepEqual(coded.inputNames, ["zip=10", "zip=9"]);
});

Deno.test("the label is found by name, by place and by default; whole numbers are classes by size, and 3.0 is 3", () => {
  assert.deepEqual(read("1,a,x\n2,b,y\n3,a,x\n4,b,y\n5,a,x\n", { label: -1, ignore: [1] }).classNames, [
    "x",
    "y",
  ]);
  assert.deepEqual(read("10,1\n9,2\n10.0,3\n9,4\n2,5\n2,6\n", { test: "9,1\n" }).classNames, [
    "2",
    "9",
    "10",
  ]);
  assert.deepEqual(read("-1,1\n-2,2\n1,3\n", { test: "1,4\n" }).classNames, ["-2", "-1", "1"]);
  assert.deepEqual(read("k,v\n1,5\n2,6\n1,7\n2,8\n1,9\n", { label: "k", header: true }).inputNames, ["v"]);
});

Deno.test("rows are split as scikit-learn's train_test_split splits them", async () => {
  const text = await Deno.readFile("configs/data/iris.csv");
  const { dataset, classNames } = read(text, { label: "species", split: { share: 0.2, seed: 7 } });
  const lines = new TextDecoder().decode(text).trim().split("\n").slice(1).map((line) => line.split(","));
  const expected = (rows: number[]) =>
    rows.map((row) => [lines[row][4], ...lines[row].slice(0, 4).map((cell) => Math.fround(Number(cell)))]);
  const { train, test } = rowsOf({ dataset, classNames });
  assert.deepEqual(train, expected(golden.iris.train));
  assert.deepEqual(test, expected(golden.iris.test));
});

Deno.test("a line is named as an editor numbers it: empty ones count, and those within a cell", () => {
  const text = 'label,a,note\n\n"a",1,"b\n\nc"\nb,2,c\n\na,,"d\ne"\n';
  const place = text.slice(0, text.indexOf("a,,")).split("\n").length;
  for (const end of ["\n", "\r\n", "\r"]) {
    const message = new RegExp(`found none in line ${place}, column a;`);
    assert.throws(() => read(text.replaceAll("\n", end), { test: TEST }), message, JSON.stringify(end));
  }
});

Deno.test("pixels take the way of images: bytes, sparse where most are zero", () => {
  const rows = Array.from({ length: 10 }, (_, i) => `${i % 2},0,0,${i},0`).join("\n");
  const { dataset } = read(`label,p0,p1,p2,p3\n${rows}\n`, { image: { rows: 2, columns: 2 } });
  assert.deepEqual([dataset.rows, dataset.columns, dataset.classes, dataset.train.storage], [
    2,
    2,
    2,
    "sparse",
  ]);
});

const ROWS = "a,1\nb,2\na,3\nb,4\na,5\n";
for (
  const [what, text, options, message] of [
    ["no rows", "label,a\n", {}, /must have rows below the columns' names, found none/],
    ["nothing", "", {}, /must have rows/],
    ["no label", "species,a\n" + ROWS, {}, /label must be one of its columns \(species, a\).*found "label"/],
    ["a place that is none", "label,a\n" + ROWS, { label: 2 }, /a place from 0 to 1, found 2/],
    ["a missing value", "label,a\na,1\nb,\n", {}, /found none in line 3, column a; remove the line/],
    ["a value NA", "label,a\na,1\nb,NA\n", {}, /found "NA" in line 3, column a/],
    ["a missing label", "label,a\na,1\n,2\n", {}, /found none in line 3, column label/],
    [
      "a text among numbers",
      "label,a\na,1\nb,2\na,x\n",
      {},
      /found the text "x" in line 4, column a, with numbers from line 2/,
    ],
    [
      "a number among texts",
      "label,a\na,x\nb,y\na,1\n",
      {},
      /found the number 1 in line 4, column a, with texts from line 2/,
    ],
    ["a decimal comma", "label;a\na;1\nb;1,5\n", {}, /found the text "1,5" in line 3.*such as 1234\.5/],
    [
      "a column of decimal commas",
      "label;a\na;1,5\nb;2,5\n",
      {},
      /as 1234\.5, found "1,5" in line 2, column a/,
    ],
    ["thousands set apart", 'label,a\na,"1,234"\nb,"12,345.5"\n', {}, /found "1,234" in line 2, column a/],
    ["full-width digits", "label,a\na,１２\nb,－３．５\n", {}, /found "１２" in line 2, column a/],
    ["a long minus", "label,a\na,−3\nb,−4\n", {}, /found "−3" in line 2, column a/],
    ["percent", "label,a\na,12.5%\nb,80%\n", {}, /found "12\.5%" in line 2, column a/],
    [
      "an index that pandas wrote",
      ",label,a\n0,a,1\n1,b,2\n2,a,3\n3,b,4\n4,a,5\n",
      {},
      /column 0 must have a name, found none above numbers that count the rows.*ignore: \[0\]/,
    ],
    ["a short line", "label,a\na,1\nb\n", {}, /line 3 must have 2 cells as the first line has, found 1/],
    ["a quote that stays open", 'label,a\na,"1\n', {}, /Quote Not Closed/],
    ["two columns of one name", "label,a,a\na,1,2\n", {}, /found "a" twice/],
    ["one class", "label,a\na,1\na,2\na,3\na,4\na,5\n", {}, /2 to 100 classes, found 1 \("a"\)/],
    [
      "101 classes",
      "label,a\n" + Array.from({ length: 300 }, (_, i) => `${i % 101},1\n`).join(""),
      {},
      /2 to 100 classes, found 101/,
    ],
    [
      "labels with fractions",
      "5.1,1\n4.9,2\n",
      {},
      /labels must be names or whole numbers, found 5\.1 in column 0;/,
    ],
    [
      "labels that are numbers too large to be told apart",
      "label,a\n9007199254740992,1\n9007199254740993,2\n5,3\n",
      {},
      /must be less than 2\^53, found 9007199254740992 in column label/,
    ],
    [
      "101 texts",
      "label,a\n" + Array.from({ length: 102 }, (_, i) => `${i % 2},t${i}\n`).join(""),
      {},
      /at most 100 different ones.*column a/,
    ],
    [
      "a number beyond float32",
      "label,a\na,1e39\nb,2\na,1\nb,2\na,1\n",
      {},
      /finite in float32, found 1e\+39/,
    ],
    [
      "a pixel of 256",
      "label,a\na,256\nb,2\na,1\nb,2\na,1\n",
      { image: { rows: 1, columns: 1 } },
      /whole numbers from 0 to 255, found 256 \(line \d/,
    ],
    [
      "too few pixels",
      "label,a\n" + ROWS,
      { image: { rows: 2, columns: 2 } },
      /images of 2x2 must have 4 pixels, found 1/,
    ],
    [
      "a label of the test alone",
      "label,a\n" + ROWS,
      { test: "label,a\nc,1\n" },
      /found "c" in the test part alone \(line 2\)/,
    ],
    [
      "a test part without labels",
      "label,a\n" + ROWS,
      { test: "a\n1\n" },
      /test part.*label must be one of its columns \(a\)/,
    ],
    [
      "a test part of other columns",
      "label,a\n" + ROWS,
      { test: "label,b\na,1\n" },
      /none that is called "a"/,
    ],
    [
      "a test part of more columns",
      "label,a\n" + ROWS,
      { test: "label,a,b\na,1,2\n" },
      /must have the training part's 2 columns, found "b" besides/,
    ],
    [
      "a nameless test part of more columns",
      "1,2\n2,3\n1,4\n2,5\n1,6\n",
      { test: "1,2,3\n" },
      /must have the training part's 2 columns, found .*3/,
    ],
    [
      "UTF-16 without its mark",
      Uint8Array.from([...`label,a\n${ROWS}`].flatMap((character) => [character.charCodeAt(0), 0])),
      {},
      /must be text in UTF-8, in UTF-16 with its byte order mark/,
    ],
    [
      "numbers in one part and texts in the other",
      "label,a\n" + ROWS,
      { test: "label,a\na,x\n" },
      /both in column a/,
    ],
    ["no inputs", "label\na\nb\n", {}, /1 to 20000 inputs, found 0/],
    ["too small a table", "label,a\na,1\n", {}, /2 rows or more|leave rows to train on/],
  ] as const
) {
  Deno.test(`${what} is refused, with its place`, () => {
    assert.throws(() => read(text, options as Partial<CsvOptions>), (error: Error) => {
      assert.match(error.message, message);
      assertToldInBoth(error);
      return true;
    });
  });
}

Deno.test("texts with a comma are categories where they are said to be, or are not all like numbers", () => {
  const inputs = (text: string, options: Partial<CsvOptions> = {}) => read(text, options).inputNames;
  const rows = "a;1,5\nb;2,5\na;1,5\nb;2,5\na;1,5\n";
  assert.deepEqual(inputs("label;a\n" + rows, { categories: ["a"] }), ["a=1,5", "a=2,5"]);
  assert.deepEqual(inputs("label;a\na;small\n" + rows), ["a=1,5", "a=2,5", "a=small"]);
});

Deno.test("a column without a name is an input where it counts no rows, and where no column has a name", () => {
  const features = (text: string) => read(text, { label: -1 }).dataset.features;
  assert.equal(features(",a,label\n3,1,a\n3,2,b\n1,3,a\n2,4,b\n1,5,a\n"), 2);
  assert.equal(features("0,1,a\n1,2,b\n2,3,a\n3,4,b\n4,5,a\n"), 2);
});

Deno.test("a constant column is an input as any other", () => {
  assert.equal(read("label,a,c\na,1,5\nb,2,5\na,3,5\nb,4,5\na,5,5\n").dataset.features, 2);
});
