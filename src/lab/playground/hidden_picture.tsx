/// <reference lib="dom" />
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { activationOf } from "../../nn/activation.ts";
import { FLOAT32_FUNCTIONS } from "../../nn/reference/functions.ts";
import { Canvas, type Drawing } from "../ui/canvas.tsx";
import { Choice, Slider } from "../ui/controls.tsx";
import { drawPoints } from "../ui/plane.tsx";
import { colours } from "../ui/theme.ts";
import { pointRadius } from "./decision_field.tsx";
import { SIDE } from "./frame.ts";
import type { HiddenSpace } from "./hidden_space.ts";
import { drawShades } from "./shades.ts";
import { REACH, type SpaceView } from "./state.ts";
import type { Shown } from "./training.ts";
import type { PlaygroundWords } from "./words.ts";

/** The plane as the last hidden layer bends it, and where the output layer draws its line. */
export function HiddenPicture({ shown, bend, view, t }: {
  readonly shown: Signal<Shown | null>;
  readonly bend: Signal<number>;
  readonly view: Signal<SpaceView>;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const now = shown.value;
  const space = now?.frame.picture?.space;
  const layers = now?.setting.hidden.length ?? 1;
  return (
    <figure class="space">
      <figcaption>
        <h2>{t.space}</h2>
      </figcaption>
      <Canvas
        class="plane"
        label={t.spaceLabel}
        draw={(drawing) => drawSpace(drawing, { shown: shown.value, bend: bend.value, t })}
      />
      <Slider
        label={t.bend}
        value={bend}
        least={0}
        most={1}
        step={0.01}
        show={(value) => `${Math.round(100 * value)}%`}
      />
      {space !== undefined && space.units > 2 && layers > 0 && (
        <Choice label={t.along} value={view} words={t.views} />
      )}
      <p class="verdict">{space && verdict(space, now?.points?.train ?? 0, t)}</p>
      <p class="note">{space && explain(space, layers, t)}</p>
    </figure>
  );
}

/** Whether the classes can be parted here, as far as is known. */
function verdict({ wrong, separable }: HiddenSpace, points: number, t: PlaygroundWords): string {
  if (wrong === 0) return t.parted(points);
  if (separable === "unknown") return t.unknown(wrong, points);
  return separable ? t.partable(wrong, points) : t.inseparable(wrong, points);
}

function explain({ units, view, share }: HiddenSpace, layers: number, t: PlaygroundWords): string {
  if (layers === 0) return t.noHidden;
  if (units === 1) return t.oneUnit;
  if (units === 2) return t.twoUnits;
  return view === "principal" ? t.principal(units, share) : t.across(units, share);
}

/** A square part of the picture's space. */
interface Window {
  readonly x: number;
  readonly y: number;
  readonly half: number;
}

/** Of a drawing in which each of the plane's places moves from where it lies in the plane to where the layer puts it. */
interface Places {
  readonly window: Window;
  readonly bend: number;
  readonly lift: number;
}

function drawSpace(
  drawing: Drawing,
  { shown, bend, t }: { readonly shown: Shown | null; readonly bend: number; readonly t: PlaygroundWords },
): void {
  const picture = shown?.frame.picture;
  if (!shown || !picture) return;
  const { space } = picture;
  const window = windowOf(space, shown);
  const one = space.units === 1;
  const places = { window, bend, lift: one ? 0.16 * window.half : 0 };
  const { context } = drawing;
  context.globalAlpha = bend * bend;
  drawSides(drawing, space, window);
  context.globalAlpha = 1;
  drawGrid(drawing, { space, decision: picture.decision, places });
  drawSpacePoints(drawing, { shown, space, places });
  context.globalAlpha = bend * bend;
  drawLine(drawing, space, window);
  context.globalAlpha = 1;
  nameAxes(drawing, { space, layers: shown.setting.hidden.length, bend, t });
}

/** What the activations can be, or else what they are; whole steps of a scale, so that the picture does not tremble. */
function windowOf({ units, grid, points }: HiddenSpace, { setting }: Shown): Window {
  const { hidden } = setting;
  const activation = activationOf(setting.activation, hidden.length);
  if (hidden.length === 0) return { x: 0, y: 0, half: REACH };
  if (units <= 2 && activation === "tanh") return { x: 0, y: 0, half: 1.12 };
  if (units === 2 && activation === "sigmoid") return { x: 0.5, y: 0.5, half: 0.58 };
  if (units === 1 && activation === "sigmoid") return { x: 0.5, y: 0, half: 0.58 };
  const low = [Infinity, Infinity], high = [-Infinity, -Infinity];
  for (const values of [grid, points]) {
    for (let i = 0; i < values.length; i++) {
      low[i % 2] = Math.min(low[i % 2], values[i]);
      high[i % 2] = Math.max(high[i % 2], values[i]);
    }
  }
  // A layer that says nearly the same of every place is to be seen as small as it is.
  const least = activation === "tanh" ? 1 : 0.5;
  const needed = Math.max(least, 0.55 * (high[0] - low[0]), 0.55 * (high[1] - low[1]));
  let half = 1;
  while (half < needed) half *= 1.2;
  while (half / 1.2 > needed) half /= 1.2;
  const step = half / 10;
  const middle = (axis: number) => Math.round((low[axis] + high[axis]) / 2 / step) * step;
  return { x: middle(0), y: units === 1 ? 0 : middle(1), half };
}

/** Both sides of the output's line, as strongly as it tells them apart. */
function drawSides({ context, width, height }: Drawing, { line }: HiddenSpace, { x, y, half }: Window): void {
  const side = 40;
  const values = new Float32Array(side * side);
  for (let i = 0; i < values.length; i++) {
    const right = x + ((i % side + 0.5) / side * 2 - 1) * half;
    const up = y + (1 - (Math.floor(i / side) + 0.5) / side * 2) * half;
    const z = (line[0] * right + line[1] * up + line[2]) / 2;
    values[i] = 0.4 * FLOAT32_FUNCTIONS.tanh(z); // p1 - p0, paler than the plane that lies on it
  }
  drawShades(context, values, { width: side, height: side, box: [0, 0, width, height] });
}

function toPixels({ width }: Drawing, { window: { x, y, half }, bend }: Places) {
  // In the plane's part and in the window alike from -1 to 1.
  return (plane: readonly [number, number], hidden: readonly [number, number]): readonly [number, number] => {
    const right = (1 - bend) * plane[0] / REACH + bend * (hidden[0] - x) / half;
    const up = (1 - bend) * plane[1] / REACH + bend * (hidden[1] - y) / half;
    return [(right + 1) / 2 * width, (1 - up) / 2 * width];
  };
}

/** Every sixth row and column of places, from the second to the last but one. */
const GRID_STEP = 6;

/** The plane's grid, in the colour of the class that the network takes each place for. */
function drawGrid(
  drawing: Drawing,
  { space, decision, places }: { space: HiddenSpace; decision: Float32Array; places: Places },
): void {
  const { context } = drawing;
  const at = toPixels(drawing, places);
  const where = (row: number, column: number) => {
    const i = row * SIDE + column;
    const plane = [((column + 0.5) / SIDE * 2 - 1) * REACH, (1 - (row + 0.5) / SIDE * 2) * REACH] as const;
    return at(plane, [space.grid[2 * i], space.grid[2 * i + 1]]);
  };
  const paths = [new Path2D(), new Path2D()];
  const piece = (from: readonly [number, number], to: readonly [number, number], index: number) => {
    const path = paths[decision[index] > 0 ? 1 : 0];
    path.moveTo(...from);
    path.lineTo(...to);
  };
  for (let line = 1; line < SIDE; line += GRID_STEP) {
    for (let i = 0; i + 1 < SIDE; i++) {
      piece(where(line, i), where(line, i + 1), line * SIDE + i);
      piece(where(i, line), where(i + 1, line), i * SIDE + line);
    }
  }
  context.lineWidth = 1.3;
  context.globalAlpha = 0.75;
  paths.forEach((path, label) => {
    context.strokeStyle = colours.value[`c${label}`];
    context.stroke(path);
  });
  context.globalAlpha = 1;
}

function drawSpacePoints(
  drawing: Drawing,
  { shown, space, places }: { shown: Shown; space: HiddenSpace; places: Places },
): void {
  const { points } = shown;
  if (points === null) return;
  const { coordinates, labels, train } = points;
  const at = toPixels(drawing, places);
  const { width } = drawing;
  const found = Array.from(labels, (label, i) => {
    const lift = places.lift * (label === 0 ? 1 : -1);
    const [left, top] = at(
      [coordinates[2 * i], coordinates[2 * i + 1]],
      [space.points[2 * i], space.points[2 * i + 1] + lift],
    );
    return { x: left / width * 2 - 1, y: 1 - top / width * 2, label, held: i >= train };
  });
  const radius = 0.85 * pointRadius(width, found.length);
  drawPoints(drawing, [...found.slice(train), ...found.slice(0, train)], { reach: 1 }, radius);
}

/** Where the output layer's logits are equal. */
function drawLine(
  { context, width }: Drawing,
  { line: [a, b, c] }: HiddenSpace,
  { x, y, half }: Window,
): void {
  const norm = Math.sqrt(a * a + b * b);
  if (!(norm > 0)) return;
  // The point of the line that is nearest to the window's middle, and on from it both ways.
  const from = (a * x + b * y + c) / (norm * norm);
  const [nearX, nearY] = [-from * a / half, -from * b / half];
  const reach = 4;
  const pixel = (right: number, up: number) => [(right + 1) / 2 * width, (1 - up) / 2 * width] as const;
  context.strokeStyle = colours.value.ink;
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(...pixel(nearX - reach * b / norm, nearY + reach * a / norm));
  context.lineTo(...pixel(nearX + reach * b / norm, nearY - reach * a / norm));
  context.stroke();
}

function nameAxes(
  { context, width, height }: Drawing,
  { space: { units, view }, layers, bend, t }: {
    space: HiddenSpace;
    layers: number;
    bend: number;
    t: PlaygroundWords;
  },
): void {
  const [right, up] = layers === 0 || bend === 0
    ? ["x₁", "x₂"]
    : units <= 2
    ? [t.axisUnit(1), units === 1 ? "" : t.axisUnit(2)]
    : view === "principal"
    ? [t.axisDirection(1), t.axisDirection(2)]
    : [t.axisDistance, t.axisDirection(1)];
  context.font = `${Math.max(12, Math.round(width / 26))}px system-ui, sans-serif`;
  context.fillStyle = colours.value.ink;
  context.strokeStyle = colours.value.ground;
  context.lineWidth = 3;
  context.lineJoin = "round";
  const write = (text: string) => {
    context.strokeText(text, 0, 0);
    context.fillText(text, 0, 0);
  };
  context.save();
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.translate(width - 6, height - 4);
  write(`${right} →`);
  context.restore();
  if (up === "") return;
  context.save();
  context.textAlign = "right";
  context.textBaseline = "top";
  context.translate(5, 6);
  context.rotate(-Math.PI / 2);
  write(`${up} →`);
  context.restore();
}
