import type { Field } from "../address/fields.ts";

/** The height and the width of what is drawn on, in its own units; ten to a pixel of an image. */
export const SIDE = 280;

/** What is drawn with, each with the radius of its point. A digit as high as two thirds of the canvas is as bold as MNIST's in `medium`. */
export const PENS = { thin: 6, medium: 12, thick: 20, eraser: 18 } as const;
export type Pen = keyof typeof PENS;

/** A line that a pen has drawn: x, y, x, y, ... in whole units, from one point to the next not more than STEP either way. */
export interface Stroke {
  readonly pen: Pen;
  readonly points: readonly number[];
}

const STEP = 17;
const LETTERS: Readonly<Record<Pen, string>> = { thin: "t", medium: "m", thick: "k", eraser: "e" };
const DIGITS = 36;
/** A link must stay one that can be sent. */
const MAX_LENGTH = 12_000;

/** A point on the canvas. */
export function onCanvas(place: number): number {
  return Math.max(0, Math.min(SIDE - 1, Math.round(place)));
}

/** The points to go through from a stroke's last one to a place, itself included; none where it is the last one. */
export function pointsTo(points: readonly number[], x: number, y: number): number[] {
  const [fromX, fromY] = points.slice(-2);
  const [right, down] = [onCanvas(x) - fromX, onCanvas(y) - fromY];
  const steps = Math.ceil(Math.max(Math.abs(right), Math.abs(down)) / STEP);
  return Array.from({ length: steps }, (_, i) => {
    const share = (i + 1) / steps;
    return [fromX + Math.round(right * share), fromY + Math.round(down * share)];
  }).flat();
}

/** A drawing as a link has it: of each stroke its pen, where it begins, and its steps, two digits of base 36 each. */
export const strokesField: Field<readonly Stroke[]> = {
  initial: [],
  write: (strokes) => {
    const texts = strokes.map(({ pen, points }) => {
      const [x, y] = points;
      const steps = points.slice(2).map((place, i) => (place - points[i] + STEP).toString(DIGITS));
      return LETTERS[pen] + place(x) + place(y) + steps.join("");
    });
    const text = texts.join(".");
    // What is too long to send is not in the link.
    return text.length > MAX_LENGTH ? "" : text;
  },
  read(text) {
    if (text === "") return [];
    const strokes = text.length > MAX_LENGTH ? [undefined] : text.split(".").map(readStroke);
    return strokes.includes(undefined) ? undefined : strokes as Stroke[];
  },
};

/** Two digits. */
function place(value: number): string {
  return value.toString(DIGITS).padStart(2, "0");
}

function readStroke(text: string): Stroke | undefined {
  const [, letter, begin, steps] = /^([tmke])([0-9a-z]{4})((?:[0-9a-y]{2})*)$/.exec(text) ?? [];
  const pen = (Object.keys(LETTERS) as Pen[]).find((pen) => LETTERS[pen] === letter);
  if (pen === undefined) return undefined;
  const points = [parseInt(begin.slice(0, 2), DIGITS), parseInt(begin.slice(2), DIGITS)];
  for (const step of steps) points.push(points[points.length - 2] + parseInt(step, DIGITS) - STEP);
  return points.every((place) => place >= 0 && place < SIDE) ? { pen, points } : undefined;
}
