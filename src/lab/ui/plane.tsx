/// <reference lib="dom" />
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Canvas, type Drawing } from "./canvas.tsx";
import { classColour, colours, rgb } from "./theme.ts";

/** A square part of the plane. */
export interface Extent {
  /** Its middle's coordinates reach from -reach to reach. */
  readonly reach: number;
}

/** A labelled point. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  readonly label: number;
  /** Drawn hollow: it is not trained on. */
  readonly held?: boolean;
}

/** Where on a drawing a place of the plane lies. */
export function toDrawing({ width, height }: Pick<Drawing, "width" | "height">, { reach }: Extent) {
  return (x: number, y: number): readonly [number, number] => [
    (x + reach) / (2 * reach) * width,
    (reach - y) / (2 * reach) * height,
  ];
}

/**
 * Colours the plane by a function of its places: -1 is wholly class 0, 1 wholly class 1, 0 neither. `values` are side x side of them, row
 * by row from the upper left, each of the middle of its cell.
 */
export function drawField(drawing: Drawing, values: ArrayLike<number>, side: number): void {
  const [ground, zero, one] = [colours.value.ground, colours.value.c0, colours.value.c1].map(rgb);
  const image = new ImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    const share = 0.55 * Math.min(1, Math.abs(values[i]));
    const to = values[i] < 0 ? zero : one;
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = ground[c] + share * (to[c] - ground[c]);
    image.data[4 * i + 3] = 255;
  }
  const small = new OffscreenCanvas(side, side);
  small.getContext("2d")?.putImageData(image, 0, 0);
  drawing.context.imageSmoothingEnabled = true;
  drawing.context.drawImage(small, 0, 0, drawing.width, drawing.height);
}

/** The places of a field's values: see drawField(). */
export function fieldPlaces(side: number, { reach }: Extent): Float64Array {
  const places = new Float64Array(2 * side * side);
  for (let row = 0, i = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      places[i++] = ((column + 0.5) / side * 2 - 1) * reach;
      places[i++] = (1 - (row + 0.5) / side * 2) * reach;
    }
  }
  return places;
}

/** The axes through 0. */
export function drawAxes({ context, width, height }: Drawing): void {
  context.strokeStyle = colours.value.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.moveTo(width / 2, 0);
  context.lineTo(width / 2, height);
  context.stroke();
}

/** Points in the colours of their classes: discs of class 0, squares of class 1, so that colour is not all that tells them apart. */
export function drawPoints(
  drawing: Drawing,
  points: readonly PlanePoint[],
  extent: Extent,
  radius = 5,
): void {
  const at = toDrawing(drawing, extent);
  for (const { x, y, label, held = false } of points) {
    const [left, top] = at(x, y);
    const { canvas, size } = markerOf(label, held, radius);
    drawing.context.drawImage(canvas, left - size / 2, top - size / 2, size, size);
  }
}

interface Marker {
  readonly canvas: OffscreenCanvas;
  readonly size: number;
}

const markers = new Map<string, Marker>();
let markersOf: unknown;

/** A point's picture, drawn once: hundreds of points a frame are then as many copies. */
function markerOf(label: number, held: boolean, radius: number): Marker {
  const theme = colours.value;
  if (markersOf !== theme || markers.size > 100) markers.clear();
  markersOf = theme;
  const scale = devicePixelRatio;
  const key = [label, held, radius, scale].join();
  const known = markers.get(key);
  if (known !== undefined) return known;
  const size = 2 * Math.ceil(radius + 2);
  const canvas = new OffscreenCanvas(Math.ceil(size * scale), Math.ceil(size * scale));
  const context = canvas.getContext("2d");
  if (context !== null) {
    context.scale(canvas.width / size, canvas.width / size);
    context.translate(size / 2, size / 2);
    context.beginPath();
    if (label % 2 === 0) context.arc(0, 0, radius, 0, 2 * Math.PI);
    else context.rect(-0.88 * radius, -0.88 * radius, 1.76 * radius, 1.76 * radius);
    context.fillStyle = held ? theme.ground : theme[classColour(label)];
    context.strokeStyle = held ? theme[classColour(label)] : theme.ground;
    context.lineWidth = held ? 2 : 1;
    context.fill();
    context.stroke();
  }
  const marker = { canvas, size };
  markers.set(key, marker);
  return marker;
}

/** A square part of the plane to draw on; with `onPick` a place is picked by a click, or by arrows and Enter. */
export function Plane({ extent, label, draw, onPick, cursor }: {
  readonly extent: Extent;
  readonly label: string;
  readonly draw: (drawing: Drawing) => void;
  readonly onPick?: (x: number, y: number) => void;
  /** Where the keyboard's cursor is; null while there is none. */
  readonly cursor?: ReadonlySignal<readonly [number, number] | null> & {
    value: readonly [number, number] | null;
  };
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const { reach } = extent;
  const pick = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined || onPick === undefined) return;
    onPick(
      ((event.clientX - box.left) / box.width * 2 - 1) * reach,
      (1 - (event.clientY - box.top) / box.height * 2) * reach,
    );
  };
  // A finger picks when it is lifted where it was put down: otherwise it scrolls.
  const put = useRef<PointerEvent | null>(null);
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return;
    put.current = event;
    if (event.pointerType !== "touch") pick(event);
  };
  const onPointerUp = (event: PointerEvent) => {
    if (event.pointerType !== "touch" || !event.isPrimary || put.current === null) return;
    const moved = [event.clientX - put.current.clientX, event.clientY - put.current.clientY].map(Math.abs);
    if (Math.max(...moved) < 10) pick(event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (cursor === undefined || onPick === undefined) return;
    const step = reach * (event.shiftKey ? 0.01 : 0.05);
    const [x, y] = cursor.value ?? [0, 0];
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const inside = (place: number) => Math.max(-reach, Math.min(reach, place));
    if (Object.hasOwn(moves, event.key)) {
      const [right, up] = moves[event.key];
      cursor.value = [inside(x + right), inside(y + up)];
    } else if (event.key === "Enter" || event.key === " ") onPick(x, y);
    else return;
    event.preventDefault();
  };
  const picking = onPick === undefined ? {} : {
    onPointerDown,
    onPointerUp,
    onKeyDown,
    tabIndex: 0,
    role: "application" as const,
    class: "plane picks",
  };
  return (
    <Canvas
      class="plane"
      {...picking}
      canvas={canvas}
      label={label}
      draw={(drawing) => {
        draw(drawing);
        if (cursor?.value) drawCursor(drawing, toDrawing(drawing, extent)(...cursor.value));
      }}
    />
  );
}

function drawCursor({ context }: Drawing, [left, top]: readonly [number, number]): void {
  context.strokeStyle = colours.value.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left - 9, top);
  context.lineTo(left + 9, top);
  context.moveTo(left, top - 9);
  context.lineTo(left, top + 9);
  context.stroke();
}
