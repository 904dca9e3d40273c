import { PROBE_ROWS, PROBE_SIZES } from "../batch.ts";
import { layerSizes } from "../engine.ts";
import type { Manifest } from "../manifest.ts";
import type { GradeMessages } from "../messages/messages.ts";
import type { Submission, SubmittedArray, SubmittedArrays } from "../submission.ts";
import { tensor } from "../tensors.ts";
import { understandHistory, understandPredictions, understandTable } from "./understand_tables.ts";

/** Notes of what was read otherwise than it stands there. */
export type Notes = string[];

/**
 * A submission as it is meant, where what it holds can only mean one thing: arrays under other names or transposed, other headers, indices
 * from 1. What may mean several things is left for the checks to refuse.
 */
export function understand(
  submission: Submission,
  manifest: Manifest,
  t: GradeMessages["files"],
): { submission: Submission; understood: readonly string[] } {
  const notes: Notes = [];
  const { weights, probe, predictions, history, misclassified, validation } = submission;
  const sizes = layerSizes(manifest.hidden);
  const table = { notes, t };
  const read = {
    ...submission,
    weights: weights &&
      understandArrays(weights, { file: "weights.npz", shapes: shapesOf("", sizes), notes, t }),
    probe: probe && understandArrays(probe, { file: "probe.npz", shapes: probeShapes(sizes), notes, t }),
    predictions: predictions && understandPredictions(predictions, table),
    history: history && understandHistory(history, manifest.epochs, table),
    misclassified: misclassified && understandTable(misclassified, "misclassified.csv", table),
    validation: validation && understandTable(validation, "validation.csv", table),
  };
  return { submission: read, understood: notes };
}

/** Shapes by name. */
type Shapes = ReadonlyMap<string, readonly number[]>;

function shapesOf(prefix: string, sizes: readonly number[]): Shapes {
  const shapes = new Map<string, readonly number[]>();
  for (let l = 1; l < sizes.length; l++) {
    shapes.set(`${prefix}W${l}`, [sizes[l - 1], sizes[l]]);
    shapes.set(`${prefix}B${l}`, [sizes[l]]);
  }
  return shapes;
}

/** The arrays of probe.npz with their shapes, scalars and predictions aside. */
export function probeShapes(sizes: readonly number[]): Shapes {
  const [, A1, A2, C] = PROBE_SIZES;
  const B = PROBE_ROWS.full;
  return new Map([
    ...shapesOf("init_", sizes),
    ...["d", "small_d", "new_"].flatMap((prefix) => [...shapesOf(prefix, PROBE_SIZES)]),
    ["A1", [B, A1]],
    ["A2", [B, A2]],
    ["probabilities", [B, C]],
    ["probabilities_large", [B, C]],
  ]);
}

function understandArrays(
  given: SubmittedArrays,
  { file, shapes, notes, t }: { file: string; shapes: Shapes; notes: Notes; t: GradeMessages["files"] },
): SubmittedArrays {
  const named = withNames(given, { file, shapes, notes, t });
  const turned = turnedNames(named, shapes);
  if (turned.size > 0) notes.push(t.arraysTransposed(file, [...turned]));
  const columns = Object.entries(named).filter(([name, { shape }]) => {
    const [N, ...more] = shapes.get(name) ?? [];
    return more.length === 0 && N !== 1 && shape.length === 2 && shape[0] === N && shape[1] === 1;
  }).map(([name]) => name);
  return Object.fromEntries(
    Object.entries(named).map(([name, array]) => {
      if (turned.has(name)) return [name, transposed(array)];
      return [name, columns.includes(name) ? { ...array, shape: [array.shape[0]] } : array];
    }),
  );
}

/** `w1` is W1 where there is no W1 besides; arrays saved without names are W1, B1, ... in their order, if they are as many. */
function withNames(
  given: SubmittedArrays,
  { file, shapes, notes, t }: { file: string; shapes: Shapes; notes: Notes; t: GradeMessages["files"] },
): SubmittedArrays {
  const canonical = new Map([...shapes.keys()].map((name) => [name.toLowerCase(), name]));
  const renamed: [from: string, to: string][] = [];
  const nameOf = unnamed(given, shapes) ?? ((name: string) => {
    const to = canonical.get(name.toLowerCase()) ?? name;
    return Object.hasOwn(given, to) ? name : to;
  });
  const taken = new Set<string>();
  const arrays = Object.entries(given).map(([name, array]): [string, SubmittedArray] => {
    const wanted = nameOf(name);
    const to = taken.has(wanted) ? name : wanted;
    taken.add(to);
    if (to !== name) renamed.push([name, to]);
    return [to, array];
  });
  if (renamed.length > 0) {
    notes.push(t.arraysRenamed(file, renamed.map(([from]) => from), renamed.map(([, to]) => to)));
  }
  return Object.fromEntries(arrays);
}

/** The names of arrays that np.savez was given without any: matrices are weights and vectors biases, in their order. */
function unnamed(given: SubmittedArrays, shapes: Shapes): ((name: string) => string) | null {
  const names = Object.keys(given);
  if (names.length !== shapes.size || !names.every((name) => /^arr_\d+$/.test(name))) return null;
  const order = names.toSorted((a, b) => Number(a.slice(4)) - Number(b.slice(4)));
  const isVector = (name: string) => given[name].shape.filter((length) => length !== 1).length < 2;
  const [vectors, matrices] = [order.filter(isVector), order.filter((name) => !isVector(name))];
  if (vectors.length !== matrices.length) return null;
  return (name) => isVector(name) ? `B${vectors.indexOf(name) + 1}` : `W${matrices.indexOf(name) + 1}`;
}

/** The arrays that have their shapes the other way round. A square one tells nothing: it goes with the others of its kind. */
function turnedNames(arrays: SubmittedArrays, shapes: Shapes): ReadonlySet<string> {
  const turned = new Set<string>();
  const square: string[] = [];
  const straight = new Set<string>();
  for (const [name, { shape }] of Object.entries(arrays)) {
    const expected = shapes.get(name);
    if (expected?.length !== 2 || shape.length !== 2) continue;
    const [rows, columns] = expected;
    if (rows === columns) square.push(name);
    else if (shape[0] === columns && shape[1] === rows) turned.add(name);
    else straight.add(name);
  }
  const kind = (name: string) => name.replace(/\d+$/, "");
  const kindsOf = (names: Iterable<string>) => new Set(Array.from(names, kind));
  const [allTurned, allStraight] = [kindsOf(turned), kindsOf(straight)];
  for (const name of square) {
    if (allTurned.has(kind(name)) && !allStraight.has(kind(name))) turned.add(name);
  }
  return turned;
}

function transposed({ shape: [rows, columns], data, dtype }: SubmittedArray): SubmittedArray {
  const { shape, data: turned } = tensor(
    [columns, rows],
    (i) => data[(i % rows) * columns + Math.floor(i / rows)],
  );
  return { shape, data: turned, dtype };
}
