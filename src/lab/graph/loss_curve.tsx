/// <reference lib="dom" />
import type { JSX } from "preact";
import { range } from "./compute/nodes.ts";
import { lossOf } from "./compute/walk.ts";
import { type GraphModel, parameterOf } from "./model.ts";
import { entryName } from "./names.ts";
import { shortNumber } from "./short_number.ts";
import type { GraphWords } from "./words.ts";

const WIDTH = 320, HEIGHT = 130, PADDING = 8;
const POINTS = 64;

/** L while one number moves and what follows it with it, the slope that backpropagation found, and for a parameter a slider. */
export function LossCurve({ model, words, tensor, index, slope, touches }: {
  readonly model: GraphModel;
  readonly words: GraphWords;
  readonly tensor: string;
  readonly index: number;
  /** Null while there is none. */
  readonly slope: number | null;
  /** Whether the curve has that slope. */
  readonly touches: boolean;
}): JSX.Element {
  const net = model.net.value;
  const { columns = 1, data } = model.shown.value.values.get(tensor) ?? {};
  const name = entryName(tensor, Math.floor(index / columns), index % columns);
  const value = data?.[index] ?? NaN;
  const parameter = parameterOf(tensor, net.parameters);
  const [least, most] = rangeOf(tensor, value);
  const places = range(POINTS + 1, (i) => least + (most - least) * i / POINTS);
  const losses = places.map((to) => lossOf(net, { tensor, index, to }));
  const loss = lossOf(net);
  const top = losses.reduce((most, value) => Math.max(most, value), loss);
  const bottom = losses.reduce((least, value) => Math.min(least, value), loss);
  const x = (place: number) => PADDING + (place - least) / (most - least) * (WIDTH - 2 * PADDING);
  const y = (loss: number) =>
    HEIGHT - PADDING - (loss - bottom) / (top - bottom || 1) * (HEIGHT - 2 * PADDING);
  const reach = 0.2 * (most - least);
  return (
    <div class="curve">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={words.curveSays(name, slope === null ? "?" : shortNumber(slope))}
      >
        <clipPath id="curve-inside">
          <rect width={WIDTH} height={HEIGHT} />
        </clipPath>
        <polyline class="losses" points={places.map((place, i) => `${x(place)},${y(losses[i])}`).join(" ")} />
        {slope !== null && (
          <line
            class={touches ? "tangent" : "tangent wrong"}
            clip-path="url(#curve-inside)"
            x1={x(value - reach)}
            y1={y(loss - reach * slope)}
            x2={x(value + reach)}
            y2={y(loss + reach * slope)}
          />
        )}
        <circle cx={x(value)} cy={y(loss)} r="4.5" />
      </svg>
      {parameter !== undefined && (
        <label class="slider">
          <span>{words.slide(name)}</span>
          <output>{shortNumber(value)}, L = {loss.toFixed(4)}</output>
          <input
            type="range"
            min={least}
            max={most}
            step="0.1"
            value={value}
            aria-valuetext={`${shortNumber(value)}, L = ${loss.toFixed(4)}`}
            onFocus={() => model.state.entry.value = model.explained.peek()}
            onInput={({ currentTarget: { valueAsNumber } }) =>
              model.setWeight(parameter, index, valueAsNumber)}
          />
        </label>
      )}
    </div>
  );
}

/** From where to where a number moves: a probability stays one. */
function rangeOf(tensor: string, value: number): [least: number, most: number] {
  if (tensor === "Yhat") return [Math.min(0.02, value), 1];
  return [Math.min(-3, Math.floor(value)), Math.max(3, Math.ceil(value))];
}
