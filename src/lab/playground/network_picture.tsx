/// <reference lib="dom" />
import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { activationOf, COURSE_ACTIVATIONS, type CourseActivation } from "../../nn/activation.ts";
import { Canvas, type Drawing, remSize } from "../ui/canvas.tsx";
import { colours } from "../ui/theme.ts";
import { byLayer } from "./experiment.ts";
import { SIDE, UNIT_SIDE } from "./frame.ts";
import { layoutNetwork, type NetworkLayout } from "./network_layout.ts";
import type { Selected } from "./selected.ts";
import { drawShades, shown as shownShades } from "./shades.ts";
import { MOST_LAYERS, MOST_UNITS } from "./state.ts";
import type { Shown } from "./training.ts";
import type { PlaygroundWords } from "./words.ts";

/** The network: weights as lines, units with their fields, and buttons that add and remove them. */
export function NetworkPicture({ shown, hidden, activation, selected, t }: {
  readonly shown: Signal<Shown | null>;
  readonly hidden: Signal<readonly number[]>;
  readonly activation: Signal<readonly CourseActivation[]>;
  readonly selected: Signal<Selected | null>;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const place = useRef<HTMLDivElement | null>(null);
  const available = useWidth(place);
  const sizes = [2, ...hidden.value, 2];
  const choosers = activation.value.length > 1 && hidden.value.length > 1;
  const layout = layoutNetwork(sizes, { width: available.value, choosers });
  const { width, height, stacked, size, columns } = layout;
  const isSelected = (layer: number, unit: number) =>
    selected.value?.layer === layer && selected.value.unit === unit;
  const nameOf = (layer: number, unit: number) =>
    layer === 0
      ? t.inputField(unit + 1)
      : layer === sizes.length - 1
      ? t.outputField(unit)
      : t.unitField(layer, unit + 1);
  const change = (layer: number, by: number) =>
    hidden.value = hidden.value.map((count, l) => l === layer ? count + by : count);
  return (
    <div class="net">
      <div class="layers">
        <h2>{t.network}</h2>
        <span>{t.hidden}</span>
        <button
          type="button"
          aria-label={t.removeLayer}
          disabled={hidden.value.length === 0}
          onClick={() => hidden.value = hidden.value.slice(0, -1)}
        >
          −
        </button>
        <output>{hidden.value.length}</output>
        <button
          type="button"
          aria-label={t.addLayer}
          disabled={hidden.value.length === MOST_LAYERS}
          onClick={() => hidden.value = [...hidden.value, 2]}
        >
          +
        </button>
      </div>
      <div class="picture" ref={place}>
        <Canvas
          label={t.netLabel}
          ratio={width / height}
          draw={(drawing) => drawNetwork(drawing, { shown: shown.value, layout, selected: selected.value })}
        />
        {columns.map((units, layer) =>
          units.map(({ x, y }, unit) => (
            <button
              key={`${layer}.${unit}`}
              type="button"
              class="unit"
              aria-label={nameOf(layer, unit)}
              aria-pressed={isSelected(layer, unit)}
              style={box({ x, y, size: size + 4 }, layout)}
              onPointerEnter={({ pointerType }) => {
                if (pointerType === "mouse") selected.value = { layer, unit };
              }}
              onPointerLeave={({ pointerType }) => {
                if (pointerType === "mouse") selected.value = null;
              }}
              // Safari gives a button that is touched no focus.
              onClick={() => selected.value = { layer, unit }}
              onFocus={() => selected.value = { layer, unit }}
              onBlur={() => selected.value = null}
            />
          ))
        )}
        {hidden.value.map((count, l) => (
          <div
            key={l}
            class={stacked ? "count stacked" : "count"}
            style={`left:${columns[l + 1][0].x / width * 100}%`}
          >
            <button
              type="button"
              aria-label={t.removeUnit(l + 1)}
              disabled={count === 1}
              onClick={() => change(l, -1)}
            >
              −
            </button>
            <output>{count}</output>
            <button
              type="button"
              aria-label={t.addUnit(l + 1)}
              disabled={count === MOST_UNITS}
              onClick={() => change(l, 1)}
            >
              +
            </button>
          </div>
        ))}
        {layout.choosers?.tops.map((top, l) => (
          <select
            key={l}
            aria-label={t.activationOf(l + 1)}
            style={`left:${columns[l + 1][0].x / width * 100}%;top:${top / 16}rem;width:${
              (layout.choosers?.width ?? 0) / 16
            }rem`}
            value={activationOf(activation.value, l + 1)}
            onChange={({ currentTarget: { value } }) =>
              activation.value = byLayer(activation.value, hidden.value.length)
                .with(l, value as CourseActivation)}
          >
            {COURSE_ACTIVATIONS.map((name) => <option key={name} value={name}>{name}</option>)}
          </select>
        ))}
      </div>
      <p class="note">{t.netNote}</p>
    </div>
  );
}

function box(
  { x, y, size }: { x: number; y: number; size: number },
  { width, height }: NetworkLayout,
): string {
  const percent = (part: number, whole: number) => `${(part / whole * 100).toFixed(3)}%`;
  return `left:${percent(x - size / 2, width)};top:${percent(y - size / 2, height)};` +
    `width:${percent(size, width)};height:${percent(size, height)}`;
}

/** How wide an element is, in sixteenths of a rem; before it is there, as on a phone. */
function useWidth(place: RefObject<HTMLElement | null>): Signal<number> {
  const width = useSignal(320);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      width.value = Math.max(200, 16 * element.clientWidth / remSize())
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}

interface Net {
  readonly shown: Shown | null;
  readonly layout: NetworkLayout;
  readonly selected: Selected | null;
}

function drawNetwork({ context, width }: Drawing, { shown, layout, selected }: Net): void {
  const { columns } = layout;
  context.scale(width / layout.width, width / layout.width);
  // Of a net that was just changed the pictures are not there yet.
  const drawn = shown?.frame.picture &&
      shown.frame.weights.every(({ shape }, i) =>
        i % 2 === 1 || shape[0] === columns[i / 2].length && shape[1] === columns[i / 2 + 1].length
      ) && shown.frame.weights.length === 2 * (columns.length - 1)
    ? shown
    : null;
  if (drawn) drawLinks(context, drawn, layout);
  columns.forEach((units, layer) => {
    units.forEach((_, unit) => drawUnit(context, { drawn, layout, layer, unit, selected }));
  });
}

const WIDEST = 10;

/** Lines as wide as weights are large. */
function drawLinks(
  context: CanvasRenderingContext2D,
  { frame }: Shown,
  { columns, size }: NetworkLayout,
): void {
  const { c0, c1 } = colours.value;
  const half = size / 2;
  for (let l = 0; l + 1 < columns.length; l++) {
    const { data } = frame.weights[2 * l];
    const N = columns[l + 1].length;
    columns[l].forEach((from, k) =>
      columns[l + 1].forEach((to, n) => {
        const weight = data[k * N + n];
        const strength = Math.abs(weight);
        context.strokeStyle = weight < 0 ? c0 : c1;
        context.lineWidth = Math.max(0.4, Math.min(WIDEST, 1.6 * strength));
        context.globalAlpha = Math.min(0.85, 0.12 + strength);
        const middle = (from.x + to.x) / 2;
        context.beginPath();
        context.moveTo(from.x + half, from.y);
        context.bezierCurveTo(middle, from.y, middle, to.y, to.x - half, to.y);
        context.stroke();
      })
    );
  }
  context.globalAlpha = 1;
}

function drawUnit(
  context: CanvasRenderingContext2D,
  { drawn, layout, layer, unit, selected }: {
    readonly drawn: Shown | null;
    readonly layout: NetworkLayout;
    readonly layer: number;
    readonly unit: number;
    readonly selected: Selected | null;
  },
): void {
  const { columns, size } = layout;
  const { x, y } = columns[layer][unit];
  const theme = colours.value;
  const left = x - size / 2, top = y - size / 2;
  context.fillStyle = theme.ground;
  context.fillRect(left, top, size, size);
  if (drawn) {
    const { side, values } = unitField(drawn, { layer, unit });
    drawShades(context, values, { width: side, height: side, box: [left, top, size, size] });
  }
  const state = drawn?.frame.states[layer - 1]?.[unit] ?? "live";
  const isSelected = selected?.layer === layer && selected.unit === unit;
  context.strokeStyle = isSelected ? theme.ink : theme.soft;
  context.lineWidth = isSelected ? 3 : 1;
  context.setLineDash(state === "live" ? [] : [4, 3]);
  context.strokeRect(left, top, size, size);
  context.setLineDash([]);
  if (state === "dead") {
    context.strokeStyle = theme.bad;
    context.lineWidth = 2.5;
    context.beginPath();
    context.moveTo(left + 5, top + 5);
    context.lineTo(left + size - 5, top + size - 5);
    context.moveTo(left + size - 5, top + 5);
    context.lineTo(left + 5, top + size - 5);
    context.stroke();
  }
  if (layer > 0 && drawn) {
    const bias = drawn.frame.weights[2 * layer - 1].data[unit];
    context.fillStyle = bias < 0 ? theme.c0 : theme.c1;
    context.globalAlpha = Math.min(1, 0.15 + Math.abs(bias));
    context.fillRect(left + 3, top + size - 9, 6, 6);
    context.globalAlpha = 1;
    context.strokeStyle = theme.ground;
    context.lineWidth = 1;
    context.strokeRect(left + 2.5, top + size - 9.5, 7, 7);
  }
  if (layer === 0) label(context, unit === 0 ? "x₁" : "x₂", { x: left - 15, y });
  if (layer === columns.length - 1) label(context, unit === 0 ? "●" : "■", { x: x + size / 2 + 9, y });
}

function label(context: CanvasRenderingContext2D, text: string, { x, y }: { x: number; y: number }): void {
  context.fillStyle = text === "●" ? colours.value.c0 : text === "■" ? colours.value.c1 : colours.value.ink;
  context.font = text.startsWith("x") ? "italic 15px Georgia, serif" : "15px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y);
}

const ramps = [0, 1].map((axis) =>
  Float32Array.from({ length: UNIT_SIDE * UNIT_SIDE }, (_, i) => {
    const share = (axis === 0 ? i % UNIT_SIDE : Math.floor(i / UNIT_SIDE)) / (UNIT_SIDE - 1);
    return axis === 0 ? 2 * share - 1 : 1 - 2 * share;
  })
);

/** The field of an input, a hidden unit or an output, from -1 to 1. */
export function unitField(
  { frame, setting }: Shown,
  { layer, unit }: Selected,
): { side: number; values: ArrayLike<number> } {
  if (layer === 0) return { side: UNIT_SIDE, values: ramps[unit] };
  const { picture } = frame;
  const fields = picture?.units[layer - 1];
  if (fields === undefined) {
    const values = picture?.decision ?? new Float32Array(SIDE * SIDE);
    return { side: SIDE, values: unit === 1 ? values : values.map((value) => -value) };
  }
  const length = UNIT_SIDE * UNIT_SIDE;
  return {
    side: UNIT_SIDE,
    values: shownShades(
      fields.subarray(unit * length, (unit + 1) * length),
      activationOf(setting.activation, layer),
    ),
  };
}

/** A selection that has not outlived its unit. */
export function useSelected(selected: Signal<Selected | null>, hidden: Signal<readonly number[]>) {
  return useComputed(() => {
    const found = selected.value;
    const sizes = [2, ...hidden.value, 2];
    return found !== null && found.unit < (sizes[found.layer] ?? 0) ? found : null;
  });
}
