/// <reference lib="dom" />
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { Canvas, type Drawing } from "../ui/canvas.tsx";
import { formatNumber } from "../ui/numbers.ts";
import { colours } from "../ui/theme.ts";
import { drawShades } from "./shades.ts";
import type { Shown } from "./training.ts";
import type { PlaygroundWords } from "./words.ts";

const PIXELS = 28;
/** How many units are drawn at most. */
const MOST = 100;

/** What the first layer's units weigh each pixel by, as pictures. */
export function DigitWeights({ shown, t }: {
  readonly shown: Signal<Shown | null>;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const layers = (shown.value?.frame.weights.length ?? 4) / 2;
  return (
    <figure class="digits">
      <figcaption>
        <h2>{layers > 1 ? t.digitWeights : t.outputWeights}</h2>
      </figcaption>
      <Canvas label={t.digitWeightsLabel} draw={(drawing) => drawWeights(drawing, shown.value)} />
      <p class="note">{t.digitWeightsNote(formatNumber(fullColour(shown.value), 2))}</p>
    </figure>
  );
}

/** Four standard deviations of the weights: few are larger. */
function fullColour(shown: Shown | null): number {
  const data = shown?.frame.weights[0]?.data ?? new Float32Array(1);
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += data[i] * data[i];
  return 4 * Math.sqrt(squares / data.length) || 1;
}

function drawWeights({ context, width }: Drawing, shown: Shown | null): void {
  const W = shown?.frame.weights[0];
  if (W === undefined || W.shape[0] !== PIXELS * PIXELS) return;
  const N = W.shape[1];
  const count = Math.min(N, MOST);
  const columns = Math.ceil(Math.sqrt(count));
  const pitch = width / columns;
  const most = fullColour(shown);
  const values = new Float32Array(PIXELS * PIXELS);
  for (let unit = 0; unit < count; unit++) {
    for (let i = 0; i < values.length; i++) values[i] = W.data[i * N + unit] / most;
    const left = (unit % columns) * pitch, top = Math.floor(unit / columns) * pitch;
    const side = pitch - 2;
    drawShades(context, values, {
      width: PIXELS,
      height: PIXELS,
      box: [left + 1, top + 1, side, side],
      smooth: false,
    });
    context.strokeStyle = colours.value.grid;
    context.lineWidth = 1;
    context.strokeRect(left + 1, top + 1, side, side);
  }
}
