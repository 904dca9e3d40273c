import { zipSync } from "fflate";
import { stringify } from "yaml";
import { list } from "./world.ts";

// Inputs of very many entries, each of one kind. What takes longer than its length must be refused before it is read.

const HEAD = "name: a\ndataset: strokes\n";

const lines = (count: number, line: (i: number) => string, between = "\n") =>
  Array.from({ length: count }, (_, i) => line(i)).join(between);
const whole = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const mapping = (count: number, value: unknown = 1) =>
  Object.fromEntries(whole(count).map((i) => [`key${i}`, value]));
const sweep = (parameters: Record<string, unknown>, rest: object = {}) =>
  `${HEAD}sweep: ${JSON.stringify({ parameters, ...rest })}`;
const rules = (count: number, rule: (i: number) => object) => whole(count).map(rule);

/** Texts of configs, by what there is so much of. */
export const LARGE_CONFIGS: Readonly<Record<string, (count: number) => string>> = {
  "unknown keys": (count) => HEAD + lines(count, (i) => `key${i}: 1`),
  "unknown keys of a section": (count) => `${HEAD}train:\n${lines(count, (i) => `  epoch${i}: 1`)}`,
  "unknown sections": (count) => HEAD + lines(count, (i) => `key${i}: {a: 1}`),
  "the same key": (count) => HEAD + lines(count, () => "seeds: [0]"),
  "seeds": (count) => `${HEAD}seeds: [${lines(count, String, ", ")}]`,
  "equal seeds": (count) => `${HEAD}seeds: [${lines(count, () => "1", ", ")}]`,
  "wrong seeds": (count) => `${HEAD}seeds: [${lines(count, () => "a", ", ")}]`,
  "seeds that are mappings": (count) => `${HEAD}seeds:\n${lines(count, () => "- {a: 1}")}`,
  "seeds counted": (count) => `${HEAD}seeds: {count: ${count}}`,
  "layers": (count) => `${HEAD}model: {hidden: [${lines(count, () => "5", ", ")}]}`,
  "wrong layers": (count) => `${HEAD}model: {hidden: [${lines(count, () => "a", ", ")}]}`,
  "swept values": (count) => sweep({ "train.epochs": whole(count) }),
  "equal swept values": (count) => sweep({ "train.epochs": Array(count).fill(1) }),
  "wrong swept values": (count) => sweep({ "train.epochs": Array(count).fill("x") }),
  "swept lists": (count) => sweep({ "model.hidden": whole(count >> 1).map((i) => [i]) }),
  "swept keys": (count) => sweep(Object.fromEntries(Object.keys(mapping(count)).map((key) => [key, [1]]))),
  "zipped values": (count) =>
    sweep({ "train.epochs": whole(count >> 1), "train.batch_size": whole(count >> 1) }, { method: "zip" }),
  "listed trials": (count) =>
    `${HEAD}sweep: ${
      JSON.stringify({ method: "list", trials: rules(count >> 1, (i) => ({ "train.epochs": i })) })
    }`,
  "wrong listed trials": (count) =>
    `${HEAD}sweep: ${
      JSON.stringify({ method: "list", trials: rules(count >> 1, (i) => ({ "train.epoch": i })) })
    }`,
  "conditions": (count) =>
    sweep({ "train.epochs": [1, 2] }, { where: rules(count >> 1, (i) => ({ "train.epochs": `> ${i}` })) }),
  "conditions in YAML": (count) =>
    sweep({ "train.epochs": [1, 2] }, { where: rules(count >> 1, (i) => ({ "train.epochs": `== [${i}]` })) }),
  "wrong conditions": (count) =>
    sweep({ "train.epochs": [1, 2] }, { where: rules(count >> 1, (i) => ({ "train.epoch": `> ${i}` })) }),
  "exclusions": (count) =>
    sweep({ "train.epochs": whole(count >> 2), "train.batch_size": [1, 2] }, {
      exclude: rules(count >> 2, (i) => ({ "train.epochs": i + 3 })),
    }),
  "choices": (count) => sweep({ "train.epochs": { choice: whole(count) } }, { method: "random", count: 5 }),
  "drawn trials": (count) =>
    sweep({ "train.learning_rate": { quantized: [1, count, 1] } }, { method: "random", count }),
  "references": (count) =>
    `${HEAD}reference: ${
      JSON.stringify(
        Array(count >> 2).fill({ metric: "test_accuracy", value: 0.5, tolerance: 0.1 }),
      )
    }`,
  "second colons": (count) => HEAD + lines(count, () => "a: b: c"),
  "brackets that are not closed": (count) => HEAD + lines(count, (i) => `k${i}: [1`),
  "quotes that are not closed": (count) => HEAD + lines(count, (i) => `k${i}: 'x`),
  "escapes that are none": (count) => HEAD + lines(count, (i) => `k${i}: "\\q"`),
  "closing brackets": (count) => HEAD + lines(count, () => "}"),
  "tags": (count) => HEAD + lines(count, (i) => `k${i}: !x 1`),
  "documents": (count) => lines(count, () => "---\nname: a"),
  "directives": (count) => `${lines(count, () => "%FOO a")}\n---\n${HEAD}`,
  "comments": (count) => `${HEAD}${lines(count, () => "# a")}\n`,
  "anchors": (count) => HEAD + lines(count, (i) => `k${i}: &a${i} 1`),
  "anchors, each with the one before": (count) =>
    `${HEAD}a0: &a0 1\n${lines(count, (i) => `a${i + 1}: &a${i + 1} [*a${i}]`)}`,
  "aliases": (count) => `${HEAD}seeds: &s [1]\nx: [${lines(count, () => "*s", ", ")}]`,
  "aliases of nothing": (count) => `${HEAD}x: [${lines(count, (i) => `*s${i}`, ", ")}]`,
  "merged mappings": (count) => `${HEAD}train: &t {epochs: 1}\nx:\n${lines(count, () => "- {<<: *t}")}`,
  "digits": (count) => `${HEAD}train: {epochs: ${"9".repeat(count)}}`,
  "letters of a name": (count) => `name: ${"a".repeat(count)}\ndataset: strokes\n`,
  "letters of a value": (count) => `${HEAD}model: {activation: ${"a".repeat(count)}}`,
  "letters of a key": (count) => `${HEAD}? ${"a".repeat(count)}\n: 1\n`,
  "commas of a text": (count) => `${HEAD}train: {epochs: "${"1,".repeat(count)}"}`,
  "lines of a text": (count) => `${HEAD}model:\n  activation: |\n${lines(count, () => "    a")}`,
  "dots of a path": (count) => sweep({ [`${"a.".repeat(count)}b`]: [1] }),
  "blanks of a condition": (count) =>
    sweep({ "train.epochs": [1, 2] }, {
      where: [{ "train.epochs": `> ${" ".repeat(count)}x${" ".repeat(count)}y` }],
    }),
  "brackets of a condition": (count) =>
    sweep({ "train.epochs": [1, 2] }, { where: [{ "train.epochs": `> ${"[".repeat(count)}` }] }),
  "levels of lists": (count) => `${HEAD}x: ${"[".repeat(count)}${"]".repeat(count)}`,
  "levels of mappings": (count) => `${HEAD}x: ${"{a: ".repeat(count)}`,
  "levels of items": (count) => `${"- ".repeat(count)}x`,
  "levels of keys": (count) => `${"? ".repeat(count)}x`,
};

/** Texts of rubrics, from the value of one that is right. */
export const LARGE_RUBRICS: Readonly<
  Record<string, (count: number, rubric: Readonly<Record<string, unknown>>) => string>
> = {
  "unknown keys": (count, rubric) => stringify({ ...rubric, ...mapping(count) }),
  "problems": (count, rubric) => JSON.stringify({ ...rubric, problems: Array(count).fill(1) }),
  "tracks": (count, rubric) => JSON.stringify({ ...rubric, tracks: Array(count).fill(1) }),
  "letters of a title": (count, rubric) => stringify({ ...rubric, title: "a".repeat(count) }),
};

/** A zip of so many files of ten bytes. */
export function largeZip(count: number): Uint8Array<ArrayBuffer> {
  const files = Object.fromEntries(whole(count).map((i) => [`a${i}.npy`, new Uint8Array(10)]));
  return zipSync(files, { level: 0, mtime: "2026-01-01" });
}

/** Files of a results folder, by their names' ends: the first line, and the second so many times, with its own number in a column. */
export const LARGE_TABLES: readonly (readonly [file: string, column: number])[] = [
  ["results.csv", 0],
  ["results.csv", 1],
  ["history.csv", 0],
  ["history.csv", 2],
  ["summary.csv", 0],
  ["timings.csv", 1],
  ["predictions.csv", 0],
  ["diagnostics.csv", 0],
];

export async function enlargeTable(
  folder: string,
  { file, column, count }: { file: string; column: number; count: number },
): Promise<void> {
  const path = list(folder).find((path) => path.endsWith(file)) ?? "";
  const [head, first] = (await Deno.readTextFile(path)).split("\n");
  const row = (i: number) => first.split(",").with(column, String(i)).join(",");
  await Deno.writeTextFile(path, `${head}\n${lines(count, row)}\n`);
}

type Json = Record<string, Record<string, unknown> & unknown[]>;

/** What a manifest.json may have so much of. */
export const LARGE_MANIFESTS: Readonly<Record<string, (manifest: Json, count: number) => object>> = {
  "runs": ({ runs, ...rest }, count) => ({
    ...rest,
    runs: { ...runs, ...Object.fromEntries(whole(count).map((i) => [`${i}-7`, runs["0-0"]])) },
  }),
  "wrong runs": (manifest, count) => ({ ...manifest, runs: mapping(count) }),
  "files": ({ files, ...rest }, count) => ({
    ...rest,
    files: {
      ...files,
      ...Object.fromEntries(whole(count).map((i) => [`runs/${i}-7/weights.npz`, files["results.csv"]])),
    },
  }),
  "hashes": ({ data, ...rest }, count) => ({ ...rest, data: { ...data, ...mapping(count, "0".repeat(64)) } }),
  "steps": ({ steps, ...rest }, count) => ({ ...rest, steps: { ...steps, ...mapping(count) } }),
  "members": (manifest, count) => ({ ...manifest, ...mapping(count) }),
  "columns": ({ columns, ...rest }, count) => ({
    ...rest,
    columns: { ...columns, results: Array(count).fill("trial") },
  }),
  "seeds": ({ experiment, ...rest }, count) => ({
    ...rest,
    experiment: { ...experiment, seeds: whole(count) },
  }),
  "settings": ({ experiment, ...rest }, count) => ({
    ...rest,
    experiment: { ...experiment, ...mapping(count) },
  }),
  "items": (_, count) => Array(count).fill(1),
};
