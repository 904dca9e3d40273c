/// <reference lib="dom" />
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { sumOf, type Weights } from "../../rules/rule.ts";
import { type Sample, toCoordinate } from "../../rules/sample.ts";
import type { Witness } from "../../rules/separability.ts";
import type { Drawing } from "../ui/canvas.tsx";
import { drawAxes, drawField, drawPoints, fieldPlaces, Plane, toDrawing } from "../ui/plane.tsx";
import { colours } from "../ui/theme.ts";
import type { Learning } from "./learning.ts";
import { arrowScale, EXTENT, sureness } from "./outcome.ts";

const SIDE = 48;
const PLACES = fieldPlaces(SIDE, EXTENT);

type Place = readonly [number, number];

/** The plane: samples, what the unit says everywhere, its line, and how the latest sample moved its weights. */
export function Board({ learning, label, onPick }: {
  readonly learning: Learning;
  readonly label: string;
  readonly onPick: (x1: number, x2: number) => void;
}): JSX.Element {
  const cursor = useSignal<Place | null>(null);
  return (
    <Plane
      extent={EXTENT}
      label={label}
      cursor={cursor}
      onPick={(x, y) => onPick(toCoordinate(x), toCoordinate(y))}
      draw={(drawing) => drawBoard(drawing, learning)}
    />
  );
}

function drawBoard(drawing: Drawing, { samples, witness, leastSquares, now, playing }: Learning): void {
  const learner = now();
  const { rule, weights, last } = learner;
  const { context, width } = drawing;
  if (learner.steps > 0 && !learner.ranAway) {
    const values = new Float64Array(SIDE * SIDE);
    const isGradual = rule.name === "delta" || rule.name === "logistic";
    if (isGradual) {
      for (let i = 0; i < values.length; i++) {
        values[i] = 0.7 * sureness(rule, sumOf(weights, { x1: PLACES[2 * i], x2: PLACES[2 * i + 1] }));
      }
      drawField(drawing, values, SIDE);
    } else fillSides(drawing, weights);
  }
  drawFrame(drawing);
  if (leastSquares.value) {
    drawLine(drawing, leastSquares.value, { colour: "c2", width: 2, dash: [7, 5] });
  }
  if (last && !learner.ranAway) {
    drawLine(drawing, last.before, { colour: "soft", width: 1.5, dash: [2, 4] });
    drawLine(drawing, weights, { colour: "ink", width: 3 });
  }
  if (witness.value !== null) drawWitness(drawing, witness.value);
  const radius = Math.max(6, Math.min(9, width / 65));
  const points = samples.value.map(({ x1, x2, label }) => ({ x: x1, y: x2, label }));
  drawPoints(drawing, points, EXTENT, radius);
  const ringed = last?.sample ?? learner.next;
  if (ringed) drawRing(drawing, ringed, { radius: 2 * radius, dashed: last === null });
  if (last && !learner.ranAway) {
    const slow = !playing.value || learner.steps < 3 * samples.value.length;
    drawVectors(drawing, { before: last.before, after: last.after, ghost: slow });
  }
  context.globalAlpha = 1;
}

function drawFrame(drawing: Drawing): void {
  const { context, width, height, rem } = drawing;
  const at = toDrawing(drawing, EXTENT);
  drawAxes(drawing);
  const [left, top] = at(-1, 1);
  const [right, bottom] = at(1, -1);
  context.strokeStyle = colours.value.grid;
  context.strokeRect(left, top, right - left, bottom - top);
  context.fillStyle = colours.value.soft;
  context.font = `italic ${rem}px KaTeX_Math, Georgia, serif`;
  context.textBaseline = "alphabetic";
  context.textAlign = "right";
  context.fillText("x₁", width - 5, height / 2 - 6);
  context.textAlign = "left";
  context.fillText("x₂", width / 2 + 6, rem);
  context.font = `${0.72 * rem}px system-ui, sans-serif`;
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const tick of [-1, 1]) {
    const [x] = at(tick, 0);
    context.fillText(tick < 0 ? "−1" : "1", x, height / 2 + 4);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of [-1, 1]) {
    const [, y] = at(0, tick);
    context.fillText(tick < 0 ? "−1" : "1", width / 2 - 5, y);
  }
}

/** The part of the square where the sum is more than 0, or not. */
function side({ width, height }: Drawing, weights: Weights, wanted: 0 | 1): Place[] {
  const { reach } = EXTENT;
  const corners: Place[] = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]];
  const sign = wanted === 1 ? 1 : -1;
  const at = toDrawing({ width, height }, EXTENT);
  return corners.flatMap((corner, i) => {
    const next = corners[(i + 1) % 4];
    const [here, there] = [corner, next].map(([x1, x2]) => sign * sumOf(weights, { x1, x2 }));
    const places: Place[] = here >= 0 ? [corner] : [];
    if (here * there < 0) {
      const share = here / (here - there);
      places.push([corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])]);
    }
    return places;
  }).map(([x, y]) => at(x, y));
}

function fillSides(drawing: Drawing, weights: Weights): void {
  const { context } = drawing;
  if (weights.w1 === 0 && weights.w2 === 0 && weights.b === 0) return;
  context.globalAlpha = 0.2;
  for (const label of [0, 1] as const) {
    const [first, ...rest] = side(drawing, weights, label);
    if (first === undefined) continue;
    context.beginPath();
    context.moveTo(...first);
    for (const place of rest) context.lineTo(...place);
    context.fillStyle = colours.value[`c${label}`];
    context.fill();
  }
  context.globalAlpha = 1;
}

interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash?: number[];
}

function drawLine(drawing: Drawing, { w1, w2, b }: Weights, { colour, width, dash = [] }: Stroke): void {
  const length = Math.sqrt(w1 * w1 + w2 * w2);
  if (length === 0) return;
  const at = toDrawing(drawing, EXTENT);
  // The line's place that is nearest to 0, and far to both sides of it.
  const foot: Place = [-b * w1 / (length * length), -b * w2 / (length * length)];
  const far = 4;
  stroke(
    drawing,
    at(foot[0] - far * w2 / length, foot[1] + far * w1 / length),
    at(foot[0] + far * w2 / length, foot[1] - far * w1 / length),
    { colour, width, dash },
  );
}

function stroke(
  { context }: Drawing,
  from: Place,
  to: Place,
  { colour, width, dash = [] }: Stroke,
): void {
  context.strokeStyle = colours.value[colour];
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.setLineDash([]);
}

/** Segments that cross, or a triangle around a sample. */
function drawWitness(drawing: Drawing, { some, others }: Witness): void {
  const at = toDrawing(drawing, EXTENT);
  for (const list of [some, others]) {
    list.forEach((sample, i) => {
      const next = list[(i + 1) % list.length];
      if (list.length === 1 || (list.length === 2 && i === 1)) return;
      stroke(drawing, at(sample.x1, sample.x2), at(next.x1, next.x2), {
        colour: `c${sample.label}`,
        width: 1.5,
        dash: [3, 3],
      });
    });
  }
}

function drawRing(drawing: Drawing, { x1, x2 }: Sample, { radius, dashed }: {
  readonly radius: number;
  readonly dashed: boolean;
}): void {
  const { context } = drawing;
  const [left, top] = toDrawing(drawing, EXTENT)(x1, x2);
  context.strokeStyle = colours.value.ink;
  context.lineWidth = 2.5;
  context.setLineDash(dashed ? [4, 4] : []);
  context.beginPath();
  context.arc(left, top, radius, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}

/** w from 0, and what the sample added to it, all to one scale. */
function drawVectors(drawing: Drawing, { before, after, ghost }: {
  readonly before: Weights;
  readonly after: Weights;
  readonly ghost: boolean;
}): void {
  const { context, height, rem } = drawing;
  const longest = Math.max(length(before), length(after));
  if (longest === 0) return;
  const scale = arrowScale(longest);
  const place = toDrawing(drawing, EXTENT);
  const at = ({ w1, w2 }: Weights) => place(scale * w1, scale * w2);
  const start = place(0, 0);
  const moved = before.w1 !== after.w1 || before.w2 !== after.w2;
  if (ghost && moved && length(before) > 0) {
    drawArrow(drawing, start, at(before), { colour: "muted", width: 2.5 });
  }
  drawArrow(drawing, start, at(after), { colour: "ink", width: 3.5, name: "w" });
  if (ghost && moved) drawArrow(drawing, at(before), at(after), { colour: "c3", width: 2.5, name: "Δw" });
  context.font = `italic ${0.85 * rem}px KaTeX_Math, Georgia, serif`;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillStyle = colours.value.soft;
  const text = scale === 1 ? "" : scale > 1 ? `w × ${scale}` : `w / ${1 / scale}`;
  context.fillText(text, 8, height - 9);
}

function length({ w1, w2 }: Weights): number {
  return Math.sqrt(w1 * w1 + w2 * w2);
}

function drawArrow(
  drawing: Drawing,
  from: Place,
  to: Place,
  { colour, width, name }: Stroke & { readonly name?: string },
): void {
  const { context, rem } = drawing;
  const along = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (along < 0.5) return;
  const [right, down] = [(to[0] - from[0]) / along, (to[1] - from[1]) / along];
  const head = Math.min(4 * width, along);
  const neck: Place = [to[0] - head * right, to[1] - head * down];
  // On its own ground, so that it is told from the line and the points that it crosses.
  stroke(drawing, from, neck, { colour: "ground", width: width + 3 });
  stroke(drawing, from, neck, { colour, width });
  context.beginPath();
  context.moveTo(...to);
  context.lineTo(neck[0] - head / 2 * down, neck[1] + head / 2 * right);
  context.lineTo(neck[0] + head / 2 * down, neck[1] - head / 2 * right);
  context.closePath();
  context.fillStyle = colours.value[colour];
  context.fill();
  if (name === undefined || along < 24) return;
  context.font = `bold italic ${1.1 * rem}px KaTeX_Main, Georgia, serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const middle: Place = name === "w"
    ? [to[0] + 0.9 * rem * right, to[1] + 0.9 * rem * down]
    : [(from[0] + to[0]) / 2 - rem * down, (from[1] + to[1]) / 2 + rem * right];
  context.lineWidth = 4;
  context.strokeStyle = colours.value.ground;
  context.strokeText(name, ...middle);
  context.fillText(name, ...middle);
}

/** What a click erases: the sample that is nearest, if one is near. */
export function nearestSample(samples: ReadonlySignal<readonly Sample[]>, x1: number, x2: number): number {
  let found = -1;
  let least = 0.15 * 0.15;
  samples.value.forEach((sample, i) => {
    const distance = (sample.x1 - x1) * (sample.x1 - x1) + (sample.x2 - x2) * (sample.x2 - x2);
    if (distance <= least) [found, least] = [i, distance];
  });
  return found;
}
