/// <reference lib="dom" />
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { JSX } from "preact";
import { Canvas, type Drawing } from "../ui/canvas.tsx";
import { colours } from "../ui/theme.ts";
import type { LayerStart } from "./flow.ts";
import type { Followed, Method } from "./following.ts";
import { METHODS } from "./state.ts";
import type { StartWords } from "./words.ts";

const COLOURS: Readonly<Record<Method, string>> = { gaussian: "c3", xavier: "c0", he: "c2" };
/** In rem. */
const MARGIN = { left: 2.9, right: 0.75, top: 0.5, bottom: 1.6 };

/** Of the three methods, the standard deviations by layer. A method is chosen by its name in the legend. */
export function Comparison({ followed, method, t }: {
  readonly followed: ReadonlySignal<Followed | null>;
  readonly method: Signal<Method>;
  readonly t: StartWords;
}): JSX.Element {
  return (
    <section class="comparison">
      <h2>{t.compare}</h2>
      <p class="note">{t.chart}</p>
      <div class="legend">
        {METHODS.map((name) => (
          <button
            key={name}
            type="button"
            class="button"
            aria-pressed={method.value === name}
            onClick={() => method.value = name}
          >
            <span class="key" style={`border-top:4px solid var(--${COLOURS[name]})`} /> {t.methods[name]}
          </button>
        ))}
      </div>
      <div class="charts">
        {(["activations", "deltas"] as const).map((what) => (
          <figure key={what}>
            <figcaption>{what === "activations" ? t.forward : t.back}</figcaption>
            <Canvas
              label={t.chartOf(what === "activations" ? t.forward : t.back)}
              ratio={2}
              draw={(drawing) => {
                if (followed.value !== null) drawDeviations(drawing, followed.value, { what, t });
              }}
            />
          </figure>
        ))}
      </div>
    </section>
  );
}

function drawDeviations(
  { context, width, height, rem }: Drawing,
  { options, byMethod }: Followed,
  { what, t }: { what: "activations" | "deltas"; t: StartWords },
): void {
  const powerOf = (layer: LayerStart) => Math.log10(layer[what].sd);
  const all = Object.values(byMethod).flatMap((layers) => layers.map(powerOf)).filter(Number.isFinite);
  const low = Math.floor(Math.min(-2, ...all));
  const high = Math.ceil(Math.max(0, ...all));
  const [left, top] = [MARGIN.left * rem, MARGIN.top * rem];
  const [right, bottom] = [width - MARGIN.right * rem, height - MARGIN.bottom * rem];
  const under = height - 0.75 * rem;
  const x = (layer: number) =>
    options.depth === 1 ? (left + right) / 2 : left + 8 + layer / (options.depth - 1) * (right - left - 16);
  const y = (power: number) => bottom - (Math.max(low, power) - low) / (high - low) * (bottom - top);
  context.font = `${0.72 * rem}px system-ui, sans-serif`;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  const every = Math.ceil((high - low) / 5);
  for (let power = high; power >= low; power -= every) {
    context.strokeStyle = colours.value.grid;
    context.beginPath();
    context.moveTo(left, y(power));
    context.lineTo(right, y(power));
    context.stroke();
    context.fillStyle = colours.value.soft;
    context.fillText(power === 0 ? "1" : `1e${power}`.replace("-", "−"), left - 5, y(power));
  }
  context.textAlign = "center";
  for (let layer = 0; layer < options.depth; layer++) {
    context.fillText(`${layer + 1}`, x(layer), under);
  }
  context.textAlign = "left";
  context.fillText(t.byLayer, 4, under);
  // What is chosen lies above the others.
  const names = [...METHODS].sort((a, b) => Number(a === options.method) - Number(b === options.method));
  for (const name of names) {
    // What has faded to 0 in float32 has no place on this scale.
    const places = (byMethod[name] ?? []).map((layer, i) => [x(i), y(powerOf(layer))] as const)
      .filter((place) => place.every(Number.isFinite));
    context.strokeStyle = context.fillStyle = colours.value[COLOURS[name]];
    context.lineWidth = name === options.method ? 4 : 2;
    context.beginPath();
    for (const place of places) context.lineTo(...place);
    context.stroke();
    for (const place of places) {
      context.beginPath();
      context.arc(...place, name === options.method ? 5 : 3.5, 0, 2 * Math.PI);
      context.fill();
    }
  }
}
