/// <reference lib="dom" />
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { generatePoints } from "../../data/points/points.ts";
import { SHAPE_NAMES } from "../../data/points/shapes.ts";
import { Canvas, type Drawing } from "../ui/canvas.tsx";
import { colours } from "../ui/theme.ts";
import type { Setting } from "./state.ts";
import type { PlaygroundWords } from "./words.ts";

const DATA: readonly Setting["data"][] = [...SHAPE_NAMES, "own", "strokes"];

/** The data sets as small pictures of which one is chosen. */
export function ShapeChoice({ data, t }: {
  readonly data: Signal<Setting["data"]>;
  readonly t: PlaygroundWords;
}): JSX.Element {
  return (
    <fieldset class="shapes">
      <legend class="unseen">{t.shape}</legend>
      {DATA.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name="data"
            value={name}
            checked={data.value === name}
            onChange={() => data.value = name}
          />
          <Thumbnail name={name} />
          <span>{t.shapes[name]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Thumbnail({ name }: { readonly name: Setting["data"] }): JSX.Element {
  const points = useMemo(
    () =>
      name === "own" || name === "strokes"
        ? null
        : generatePoints({ shape: name, count: 110, test: 1, noise: 0.02, seed: 1 }).train,
    [name],
  );
  return (
    <Canvas
      label=""
      draw={(drawing) => {
        if (points === null) drawSign(drawing, name);
        else drawDots(drawing, points);
      }}
    />
  );
}

function drawDots(
  { context, width }: Drawing,
  { coordinates, labels }: { coordinates: ArrayLike<number>; labels: ArrayLike<number> },
): void {
  const dot = Math.max(1.2, width / 30);
  for (let i = 0; i < labels.length; i++) {
    context.fillStyle = colours.value[`c${labels[i]}`];
    const left = (coordinates[2 * i] / 1.15 + 1) / 2 * width,
      top = (1 - coordinates[2 * i + 1] / 1.15) / 2 * width;
    context.beginPath();
    if (labels[i] === 0) context.arc(left, top, dot, 0, 2 * Math.PI);
    else context.rect(left - dot * 0.9, top - dot * 0.9, 1.8 * dot, 1.8 * dot);
    context.fill();
  }
}

function drawSign({ context, width }: Drawing, name: Setting["data"]): void {
  context.fillStyle = colours.value.ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = name === "own" ? `${width * 0.5}px system-ui` : `italic ${width * 0.46}px Georgia, serif`;
  context.fillText(name === "own" ? "+" : "035", width / 2, width / 2);
}
