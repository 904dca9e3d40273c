import { examinedRuns, MAX_INSPECTED } from "../../../analysis/ranking.ts";
import type { JudgedImages } from "../../../numpy/inspection_npz.ts";
import { runName } from "../../../tables/results_csv.ts";
import { dataUri, indexedPng } from "../../images/png.ts";
import { spritePixels, type SpriteShape, spriteShape } from "../../images/sprite.ts";
import { classNames, type ReportModel } from "../../report_model.ts";
import { type RowMistakes, rowMistakes } from "../../sections/row_mistakes.ts";
import { CODES } from "../code.ts";
import { encodeJudgements, type Judgement } from "./judged_code.ts";

/** Which images the networks of some trials took for what. */
export interface ErrorsPart {
  readonly classes: number;
  /** What the classes are called; left out where they are numbered. */
  readonly names?: readonly string[];
  /** Best first. */
  readonly trials: readonly ErrorTrial[];
  /** How many trials there are in all. */
  readonly all: number;
  /** How many of a cell's images are held, of the best trial and of the others. */
  readonly perCell: readonly [best: number, other: number];
  /** How many of the most confident mistakes of all cells are held besides. */
  readonly most: number;
  /** Of the picture in which all images are, each once; null where there are none. */
  readonly sprite: SpriteShape | null;
  /** By an image's number, its place in the test set and its true class. */
  readonly indices: readonly number[];
  readonly labels: readonly number[];
}

export interface ErrorTrial {
  readonly trial: number;
  readonly seed: number;
  readonly label: string;
  /** C x C counts, rows = true; null where there are no predictions. */
  readonly matrix: readonly number[] | null;
  /** See decodeJudgements(): mistakes, the most confident first, then right ones, the least confident first. Null where none are held. */
  readonly judged: string | null;
  /** The most confident mistakes, where rows are numbers that nobody can draw. */
  readonly rows?: RowMistakes;
}

/** How many images of a cell the page holds, of the best trial and of the others: the most of these with which it stays small. */
const PER_CELL = [[8, 8], [6, 6], [6, 4], [5, 3], [4, 2], [3, 2], [3, 1], [2, 1], [1, 1]] as const;
/** About how many characters of the page an image takes, and a judgement of it; and how many all may take. */
const COST = { image: 155, judgement: 24 };
const MAX_COST = 85_000;
/** How many of the most confident mistakes it holds besides. */
const MOST = 24;
/** Greys of an image: more could not be told apart at its size. */
const GREYS = 16;

/** The part, and the address of the picture that its images are in, which the page's style holds; null where no run has predictions. */
export function errorsPart(model: ReportModel): { part: ErrorsPart; picture: string | null } | null {
  const { ranking, input: { matrices, inspections, judgedRows, objective } } = model;
  const runs = examinedRuns(ranking, objective);
  const [matrix] = matrices.values();
  if (matrix === undefined) return null;
  const classes = Math.round(Math.sqrt(matrix.length));
  const { perCell, images, judged } = chooseAll(
    runs.map((run, i) => i < MAX_INSPECTED ? inspections.get(runName(run))?.judged : undefined),
    classes,
  );
  const trials = runs.map(({ trial, seed }, i): ErrorTrial => {
    const counts = matrices.get(runName({ trial, seed }));
    const found = counts && judged[i];
    const run = inspections.get(runName({ trial, seed }))?.judged;
    const rows = judgedRows?.get(runName({ trial, seed }));
    return {
      trial,
      seed,
      label: model.label(trial),
      matrix: counts === undefined ? null : [...counts],
      judged: found && run ? encodeJudgements(readJudgements(run, { chosen: found, classes })) : null,
      ...(rows === undefined ? {} : { rows: rowMistakes(model, rows) }),
    };
  });
  const sprite = images.shape;
  const names = classNames(model, classes);
  const part = {
    classes,
    ...(names.every((name, label) => name === String(label)) ? {} : { names }),
    trials,
    all: ranking.length,
    perCell,
    most: MOST,
    sprite,
    indices: images.indices,
    labels: images.labels,
  };
  return { part, picture: sprite && images.picture(sprite) };
}

interface ChosenImages {
  readonly perCell: ErrorsPart["perCell"];
  readonly images: PageImages;
  /** Of each run; undefined where there are none that fit the page. */
  readonly judged: readonly (readonly ChosenImage[] | undefined)[];
}

interface ChosenImage {
  /** Its number on the page. */
  readonly image: number;
  /** Its place in the inspection. */
  readonly place: number;
}

/** Of each run as many images of each cell as the page can hold. */
function chooseAll(runs: readonly (JudgedImages | undefined)[], classes: number): ChosenImages {
  let chosen: ChosenImages | null = null;
  for (const perCell of PER_CELL) {
    const images = new PageImages();
    const judged = runs.map((run, i) =>
      // Of other classes, or of images of another size, are those of a file that was put there by hand.
      run !== undefined && images.fit(run) && run.probabilities.length === run.images.count * classes
        ? chooseImages(run, { classes, perCell: perCell[Math.min(i, 1)], images })
        : undefined
    );
    chosen = { perCell, images, judged };
    const judgements = judged.reduce((sum, found) => sum + (found?.length ?? 0), 0);
    if (COST.image * images.indices.length + COST.judgement * judgements <= MAX_COST) break;
  }
  return chosen ?? { perCell: [0, 0], images: new PageImages(), judged: [] };
}

/** Of each cell the first images, and the first mistakes of all. */
function chooseImages(
  judged: JudgedImages,
  { classes, perCell, images }: { classes: number; perCell: number; images: PageImages },
): ChosenImage[] {
  const { labels, predictions } = judged;
  const taken = new Uint32Array(classes * classes);
  let mistakes = 0;
  const chosen: ChosenImage[] = [];
  for (let i = 0; i < labels.length; i++) {
    const [label, predicted] = [labels[i], predictions[i]];
    const inCell = taken[label * classes + predicted]++ < perCell;
    const among = label !== predicted && mistakes++ < MOST;
    if (!inCell && !among) continue;
    const image = images.add(judged, i);
    if (image !== null) chosen.push({ image, place: i });
  }
  return chosen;
}

function readJudgements(
  { predictions, probabilities }: JudgedImages,
  { chosen, classes }: { chosen: readonly ChosenImage[]; classes: number },
): Judgement[] {
  return chosen.map(({ image, place }) => {
    const row = probabilities.subarray(place * classes, (place + 1) * classes);
    return {
      image,
      predicted: predictions[place],
      permille: Array.from(row, (share) => Math.round(1000 * share)),
    };
  });
}

/** The page's images, each once, however many trials show it. */
class PageImages {
  readonly #numbers = new Map<number, number>();
  readonly #pixels: Uint8Array[] = [];
  #size: { rows: number; columns: number } | null = null;
  readonly indices: number[] = [];
  readonly labels: number[] = [];

  /** Whether these images are as large as the others. */
  fit({ images: { rows, columns } }: JudgedImages): boolean {
    this.#size ??= { rows, columns };
    return this.#size.rows === rows && this.#size.columns === columns;
  }

  /** The image's number; null where there are too many. */
  add({ indices, labels, images: { rows, columns, pixels } }: JudgedImages, place: number): number | null {
    const known = this.#numbers.get(indices[place]);
    if (known !== undefined) return known;
    const number = this.indices.length;
    if (number === CODES) return null;
    this.#numbers.set(indices[place], number);
    this.indices.push(indices[place]);
    this.labels.push(labels[place]);
    this.#pixels.push(pixels.subarray(place * rows * columns, (place + 1) * rows * columns));
    return number;
  }

  get shape(): SpriteShape | null {
    if (this.#size === null || this.#pixels.length === 0) return null;
    return spriteShape({ ...this.#size, count: this.#pixels.length });
  }

  /** Dark on light, as a data: address. */
  picture(shape: SpriteShape): string {
    const size = shape.rows * shape.columns;
    const greys = new Uint8Array(size * this.#pixels.length);
    this.#pixels.forEach((pixels, i) =>
      greys.set(pixels.map((value) => Math.round(value / 255 * (GREYS - 1))), i * size)
    );
    const colours = Array.from({ length: GREYS }, (_, i) => {
      const light = Math.round(255 * (1 - i / (GREYS - 1)));
      return [light, light, light] as const;
    });
    const { across, down, rows, columns } = shape;
    const png = indexedPng(spritePixels(greys, shape), {
      width: across * columns,
      height: down * rows,
      colours,
    });
    return dataUri(png);
  }
}
