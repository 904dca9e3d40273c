import { countRows } from "../../data/split.ts";
import { SHAPES } from "../../data/points/shapes.ts";
import { keepsBest } from "../../settings/early_stopping.ts";
import { SETTING_COLUMNS, settingInWords, settingPath } from "../../settings/settings.ts";
import type { RunRow } from "../../tables/results_csv.ts";
import { formatCount } from "../../text/numbers.ts";
import {
  labelOf,
  namedDataset,
  oncePerWords,
  type ReportModel,
  rowKind,
  shownValue,
  testsOnTraining,
  trainingCount,
} from "../report_model.ts";
import { bestInspection } from "./best_run_data.ts";
import { namedSeeds, unlikeTrials } from "./table_data.ts";

/** What the network learned from, as far as it is known: what is not, is left out. */
export interface DataSetup {
  /** Null where nobody knows. */
  readonly title: string | null;
  readonly parts: readonly { readonly part: "train" | "validation" | "test"; readonly count: number }[];
  /** Size of the images, classes, and what was left out. */
  readonly notes: readonly string[];
}

/** The layers of a network, the input first. */
export interface NetworkSetup {
  /** Units; null where nobody knows. */
  readonly sizes: readonly (number | null)[];
  /** What the units of each layer after the input do with their sums. */
  readonly activations: readonly string[];
  /** Of each layer after the input, its weights and biases; null where nobody knows. */
  readonly parameters: readonly (number | null)[];
  readonly total: number | null;
}

export interface SettingRow {
  readonly label: string;
  readonly value: string;
  /** How many values the sweep gave it; null where it gave none. */
  readonly tried: number | null;
}

/** The run whose setup is shown: the best, or where there is none the first if there is but one trial. */
function shownRun({ best, ranking }: ReportModel): RunRow | undefined {
  return best ?? (ranking.length === 1 ? ranking[0].runs[0] : undefined);
}

export function dataSetup(model: ReportModel): DataSetup {
  const { t, input: { dataset, points, kind, images: found, preprocess, predictions } } = model;
  const inspection = bestInspection(model);
  const named = namedDataset(model);
  const all = trainingCount(model);
  const test = found?.test ?? named?.counts.test ?? predictions?.labels.length;
  const parts: { part: "train" | "validation" | "test"; count: number }[] = [];
  const notes: string[] = [];
  // What was trained on is not known of a folder without manifest, nor where there is no best trial and the others differ in it.
  const isKnown = shownRun(model) !== undefined || unlikeTrials(model).length === 0;
  if (all !== undefined && preprocess !== undefined && isKnown) {
    const used = Math.min(preprocess.limit ?? all, all);
    const { train, validation } = countRows({ count: used, validation: preprocess.validation });
    parts.push({ part: "train", count: train });
    if (validation > 0) parts.push({ part: "validation", count: validation });
    else notes.push(t.setup.noValidation);
    if (used < all) notes.push(t.setup.limited(used, all));
  }
  if (test !== undefined) parts.push({ part: "test", count: test });
  const size = named?.features ??
    (inspection !== undefined && inspection.judged.images.count > 0 ? inspection.judged.images : undefined);
  if (points !== undefined) notes.unshift(t.setup.inputs);
  else if (size !== undefined) notes.unshift(t.setup.imageSize(size.rows, size.columns));
  else if (found !== undefined) {
    notes.unshift(kind === "rows" ? t.setup.rowInputs(found.features) : t.setup.pixels(found.features));
  }
  const classes = found?.classes ?? named?.classes;
  if (classes !== undefined) {
    notes.splice(size === undefined && found === undefined ? 0 : 1, 0, t.setup.classes(classes));
  }
  if (points !== undefined) {
    if (points.shape !== "own") notes.push(t.setup.drawn(points.noise, points.seed));
    else if (testsOnTraining(model)) notes.push(t.setup.sameTest);
  }
  const title = points === undefined
    ? named?.title[t.language] ??
      (dataset === undefined ? null : kind === "rows" ? t.setup.ownRows : t.setup.ownData)
    : points.shape === "own"
    ? t.setup.ownPoints
    : SHAPES[points.shape].title[t.language];
  return {
    title,
    parts,
    notes,
  };
}

/** Null where the trials have several networks and none is the best. */
export function networkSetup(model: ReportModel): NetworkSetup | null {
  const { t, input: { images: found } } = model;
  const inspection = bestInspection(model);
  const run = shownRun(model);
  if (run === undefined) return null;
  const named = namedDataset(model);
  const weights = inspection?.filters;
  const mistakes = inspection?.judged;
  const inputs = found?.features ?? (named && named.features.rows * named.features.columns) ??
    (weights && weights.units.length > 0 ? weights.weights.length / weights.units.length : null);
  const outputs = found?.classes ?? named?.classes ??
    (mistakes && mistakes.images.count > 0 ? mistakes.probabilities.length / mistakes.images.count : null);
  const sizes = [inputs, ...run.hidden, outputs];
  const parameters = sizes.slice(1).map((to, i) => {
    const from = sizes[i];
    return from === null || to === null ? null : (from + 1) * to;
  });
  const total = parameters.reduce((sum, count) => sum === null || count === null ? null : sum + count, 0);
  // One of each hidden layer, or one of all.
  const names = [run.activation].flat();
  return {
    sizes,
    activations: [...run.hidden.map((_, i) => names[i] ?? names[names.length - 1]), t.setup.softmax],
    parameters,
    total,
  };
}

/** Of the hidden layers: one that all have, or one each. */
function hiddenActivations({ activations }: NetworkSetup): string[] {
  const hidden = activations.slice(0, -1);
  return new Set(hidden).size > 1 ? hidden : hidden.slice(0, 1);
}

/** A network on one line: `784–400–200–10 (tanh): 396,210 weights and biases`; `(tanh–relu)` of layers that differ. */
export function networkLine({ t }: ReportModel, network: NetworkSetup): string {
  const { sizes, total } = network;
  const units = sizes.map((size) => size === null ? "?" : String(size)).join("–");
  const names = hiddenActivations(network).join("–");
  const hidden = names === "" ? "" : t.language === "ja" ? `（${names}）` : ` (${names})`;
  return units + hidden + (total === null ? "" : t.comma + t.setup.parameters(total));
}

/** The settings of the best trial, the swept ones first; where there is none, those that all trials share. */
export const settingRows = oncePerWords((model): SettingRow[] => {
  const { t, paths, set, ranking, input: { trials, preprocess } } = model;
  const run = shownRun(model);
  const swept = (name: string) => {
    const path = settingPath(name) ?? name;
    return paths.find((swept) => swept === path || swept === name || path.startsWith(`${swept}.`));
  };
  const tried = (path: string) =>
    ranking.length < 2
      ? null
      : new Set((trials ?? ranking).map(({ trial }) => JSON.stringify(set(trial)[path]))).size;
  // What is part of what was swept, as the bias of `model.init`, need not have changed with it.
  const triedOf = (name: string, path: string) => {
    if (ranking.length < 2 || path === name || path === settingPath(name)) return tried(path);
    const cells = ranking.flatMap(({ runs }) => runs.map((run) => cellsOf(run)[name]));
    const values = new Set(cells.filter((cell) => cell !== null).map((cell) => JSON.stringify(cell)));
    return values.size > 1 ? values.size : null;
  };
  const row = (name: string, value: unknown): SettingRow => {
    const path = swept(name);
    const values = path === undefined ? null : triedOf(name, path);
    return {
      label: labelOf(model, name) ?? name,
      value: run === undefined && values !== null
        ? t.setup.varies
        : settingInWords(name, value, t.language) ?? shownValue(value, t),
      tried: values,
    };
  };
  const [first] = ranking[0].runs;
  const cells = cellsOf(run ?? first);
  // The network's picture says what it is; a sweep's table says it again, as what was varied.
  const rows = ORDER.filter((name) => cells[name] !== null && (!DRAWN.has(name) || swept(name) !== undefined))
    .filter((name) => name !== "activation" || run === undefined || run.hidden.length > 0)
    .map((name) => row(name, cells[name]));
  for (const [key, value] of Object.entries(preprocess ?? {})) {
    // Points and rows of numbers are taken as they are; what has a column is there already.
    const isShown = (key !== "scale" || rowKind(model.input) === "images") && settingPath(key) === undefined;
    if (isShown) rows.push(row(`preprocess.${key}`, value));
  }
  const shown = new Set(rows.map(({ label }) => label));
  for (const path of paths) {
    const label = model.title(path);
    const covered = ORDER.some((name) => swept(name) === path) || shown.has(label);
    if (!covered && ranking.length > 1) {
      const value = run === undefined ? t.setup.varies : shownValue(set(run.trial)[path], t);
      rows.push({ label, value, tried: tried(path) });
    }
  }
  rows.sort((a, b) => Number(b.tried !== null) - Number(a.tried !== null));
  return [...rows, ...endRows(model, run), ...seedRows(model)];
});

function cellsOf(run: RunRow): Readonly<Record<string, unknown>> {
  return run as unknown as Readonly<Record<string, unknown>>;
}

const DRAWN: ReadonlySet<string> = new Set(["hidden", "activation"]);

/** What people ask for first. */
const FIRST = ["learning_rate", "batch_size", "epochs", "optimizer"];
const ORDER = [
  ...FIRST,
  ...Object.keys(SETTING_COLUMNS).filter((name) => !FIRST.includes(name)),
];

/** How early stopping ended a run, if it is set. */
function endRows({ t, runLabel, seeded }: ReportModel, run: RunRow | undefined): SettingRow[] {
  const { stopped_epoch: stopped = null, kept_epoch: kept = null, early_stopping = null } = run ?? {};
  if (run === undefined || kept === null) return [];
  const value = [
    stopped === null ? t.setup.notStopped : t.setup.stoppedAfter(stopped),
    ...keepsBest(early_stopping) ? [t.setup.keptEpoch(kept)] : [],
  ].join(t.comma);
  return [{ label: t.setup.ended, value: seeded ? runLabel(run) + t.colon + value : value, tried: null }];
}

function seedRows(model: ReportModel): SettingRow[] {
  const { t, ranking: [{ runs }] } = model;
  const noisy = runs.some(({ noise_seed }) => noise_seed !== null);
  const names = ["split_seed", "init_seed", "shuffle_seed", ...noisy ? ["noise_seed"] as const : []] as const;
  const same = names.map((name) =>
    runs.every((run) => run[name] === runs[0][name]) ? String(runs[0][name]) : null
  );
  const derived = same.every((seed) => seed === null)
    ? t.setup.perSeed
    : same.map((seed) => seed ?? t.setup.perSeed).join(t.comma);
  return [
    { label: t.setup.seeds, value: namedSeeds(model), tried: null },
    { label: noisy ? t.setup.seedsOfNoise : t.setup.seedsOf, value: derived, tried: null },
  ];
}

/** A count with its part of the data: `training 48,000`. */
export function partLabel({ t }: ReportModel, { part, count }: DataSetup["parts"][number]): string {
  return t.setup.imagesOf(t.setup.parts[part], count);
}

/** What a network has, for those who do not see its picture. */
export function networkAlt({ t }: ReportModel, network: NetworkSetup): string {
  const { sizes, total } = network;
  const show = (size: number | null) => size === null ? t.setup.unknown : formatCount(size);
  const hidden = sizes.slice(1, -1).map(show).join(t.comma);
  return t.setup.networkAlt(
    show(sizes[0]),
    hidden === "" ? t.setup.noHiddenAlt : t.setup.hiddenAlt(hidden, hiddenActivations(network).join(t.comma)),
    show(sizes[sizes.length - 1]),
    total === null ? "" : t.setup.parameters(total),
  );
}
