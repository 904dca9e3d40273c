/// <reference lib="dom" />
import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { GivenPoint } from "../../data/points/points.ts";
import type { Drawing } from "../ui/canvas.tsx";
import { formatNumber } from "../ui/numbers.ts";
import { drawPoints, Plane, type PlanePoint } from "../ui/plane.tsx";
import { colours } from "../ui/theme.ts";
import { zeroContour } from "./contour.ts";
import { type SettingPoints, SIDE } from "./frame.ts";
import { unitField } from "./network_picture.tsx";
import type { Selected } from "./selected.ts";
import { drawShades } from "./shades.ts";
import { REACH } from "./state.ts";
import type { Shown } from "./training.ts";
import type { PlaygroundWords } from "./words.ts";

const EXTENT = { reach: REACH };

/** The plane as the network sees it, or one of its units; with `onPick`, where points are set. */
export function DecisionField({ shown, selected, own, onPick, t }: {
  readonly shown: Signal<Shown | null>;
  readonly selected: ReadonlySignal<Selected | null>;
  /** Points that are set by hand, which are there before any training of them; else null. */
  readonly own: ReadonlySignal<readonly GivenPoint[] | null>;
  readonly onPick: ((x: number, y: number) => void) | undefined;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const cursor = useSignal<readonly [number, number] | null>(null);
  const title = useComputed(() => {
    const found = selected.value;
    if (found === null) return t.field;
    if (found.layer === 0) return t.inputField(found.unit + 1);
    const last = shown.value ? shown.value.frame.weights.length / 2 : 0;
    return found.layer === last ? t.outputField(found.unit) : t.unitField(found.layer, found.unit + 1);
  });
  return (
    <figure class="field">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      <Plane
        extent={EXTENT}
        label={t.fieldLabel}
        cursor={cursor}
        {...onPick === undefined ? {} : { onPick }}
        draw={(drawing) =>
          drawDecision(drawing, { shown: shown.value, selected: selected.value, own: own.value })}
      />
      <p class="note">
        {selected.value !== null && selected.value.layer > 0 && shown.value !== null
          ? weightsOf(shown.value, selected.value, t)
          : t.fieldNote}
      </p>
    </figure>
  );
}

/** A unit's bias and weights in numbers. */
function weightsOf({ frame }: Shown, { layer, unit }: Selected, t: PlaygroundWords): string {
  const [W, B] = frame.weights.slice(2 * layer - 2, 2 * layer);
  if (W === undefined || B === undefined || unit >= B.data.length) return t.fieldNote;
  const N = B.data.length;
  const weights = Array.from({ length: W.data.length / N }, (_, k) => formatNumber(W.data[k * N + unit], 2));
  return t.bump(formatNumber(B.data[unit], 2), weights.join(", "));
}

function drawDecision(
  drawing: Drawing,
  { shown, selected, own }: {
    readonly shown: Shown | null;
    readonly selected: Selected | null;
    readonly own: readonly GivenPoint[] | null;
  },
): void {
  const { context, width, height } = drawing;
  if (shown?.frame.picture) {
    const { side, values } = selected === null
      ? { side: SIDE, values: shown.frame.picture.decision }
      : unitField(shown, selected);
    context.globalAlpha = 0.6; // points are to stand out
    drawShades(context, values, { width: side, height: side, box: [0, 0, width, height] });
    context.globalAlpha = 1;
    strokeContour(drawing, values, side);
  }
  const points = own === null ? planePoints(shown?.points ?? null) : ownPoints(own, shown);
  drawPoints(drawing, points, EXTENT, pointRadius(width, points.length));
}

/** Of so many points on a picture so wide: a few are drawn larger. */
export function pointRadius(width: number, count: number): number {
  return Math.max(3, width / (count < 30 ? 42 : 75));
}

/** Where a field is 0, as a line. */
function strokeContour({ context, width, height }: Drawing, values: ArrayLike<number>, side: number): void {
  const pieces = zeroContour(values, side);
  context.strokeStyle = colours.value.ink;
  context.lineWidth = 2;
  context.lineCap = "round";
  context.beginPath();
  for (let i = 0; i < pieces.length; i += 4) {
    context.moveTo(pieces[i] * width, pieces[i + 1] * height);
    context.lineTo(pieces[i + 2] * width, pieces[i + 3] * height);
  }
  context.stroke();
}

function planePoints(points: SettingPoints | null): PlanePoint[] {
  if (points === null) return [];
  const { coordinates, labels, train } = points;
  const found = Array.from(
    labels,
    (label, i) => ({ x: coordinates[2 * i], y: coordinates[2 * i + 1], label, held: i >= train }),
  );
  // Those that are trained on lie on top.
  return [...found.slice(train), ...found.slice(0, train)];
}

/** Those of the split's parts where it is known; where points were just set, all as training points. */
function ownPoints(own: readonly GivenPoint[], shown: Shown | null): PlanePoint[] {
  if (shown?.setting.points === own) return planePoints(shown.points);
  return own.map(([x, y, label]) => ({ x, y, label }));
}
