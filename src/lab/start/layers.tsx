/// <reference lib="dom" />
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { JSX } from "preact";
import type { CourseActivation } from "../../nn/activation.ts";
import { isSaturated } from "../../nn/layer_probe.ts";
import { Canvas, type Drawing } from "../ui/canvas.tsx";
import { formatNumber } from "../ui/numbers.ts";
import { colours } from "../ui/theme.ts";
import type { Spread } from "./flow.ts";
import type { Followed } from "./following.ts";
import type { StartWords } from "./words.ts";

/** What passes each hidden layer: a histogram of its activations, and one of its deltas. */
export function Layers({ followed, layer, t }: {
  readonly followed: ReadonlySignal<Followed | null>;
  /** Whose sums lie under the curve. */
  readonly layer: Signal<number>;
  readonly t: StartWords;
}): JSX.Element | null {
  if (followed.value === null) return null;
  const { options: { activation }, layers } = followed.value;
  return (
    <table class="layers">
      <thead>
        <tr>
          <th scope="col">{t.layer}</th>
          <th scope="col">
            {t.forward}
            <Scale range={layers[0].activations.range} />
          </th>
          <th scope="col">
            {t.back}
            <Scale range={layers[0].deltas.range} />
          </th>
        </tr>
      </thead>
      <tbody>
        {layers.map(({ sigma, activations, flat, deltas }, i) => (
          <tr key={i}>
            <th scope="row">
              <button
                type="button"
                aria-pressed={layer.value === i + 1}
                title={t.showSums}
                onClick={() => layer.value = i + 1}
              >
                {i + 1}
              </button>
              <small>{t.weights(formatNumber(sigma))}</small>
            </th>
            <td>
              <div class="spread">
                <Bars of={() => followed.value?.layers[i]?.activations} activation={activation} colour="c0" />
                <p>
                  <small>{t.sd}</small> <b>{formatNumber(activations.sd)}</b>
                  {t.flat[activation] !== "" && (
                    <span class={flat > 0.3 && activation !== "relu" ? "much" : ""}>
                      <small>{t.flat[activation]}</small> {(100 * flat).toFixed(0)}%
                    </span>
                  )}
                </p>
              </div>
            </td>
            <td>
              <div class="spread">
                <Bars of={() => followed.value?.layers[i]?.deltas} activation={null} colour="c1" />
                <p>
                  <small>{t.sd}</small> <b>{formatNumber(deltas.sd)}</b>
                </p>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Scale({ range: [low, high] }: { range: readonly [number, number] }): JSX.Element {
  return (
    <span class="scale">
      <span>{formatNumber(low)}</span>
      <span>{formatNumber((low + high) / 2)}</span>
      <span>{formatNumber(high)}</span>
    </span>
  );
}

/** A histogram; the numbers beside it say in words what it shows. */
function Bars({ of, activation, colour }: {
  readonly of: () => Spread | undefined;
  /** Whose flat parts are marked; null marks none. */
  readonly activation: CourseActivation | null;
  readonly colour: string;
}): JSX.Element {
  return (
    <Canvas
      label=""
      ratio={5}
      draw={(drawing) => {
        const spread = of();
        if (spread !== undefined) drawBars(drawing, spread, { activation, colour });
      }}
    />
  );
}

function drawBars(
  { context, width, height }: Drawing,
  { shares, zeros, range: [low, high] }: Spread,
  { activation, colour }: { activation: CourseActivation | null; colour: string },
): void {
  const count = shares.length;
  // Half of a relu's values are 0: beside their bar nothing else would be seen, so that they do not count to its height's measure.
  const zeroBar = Math.min(count - 1, Math.floor(-low / (high - low) * count));
  let most = 0;
  shares.forEach((share, i) => most = Math.max(most, i === zeroBar ? share - zeros : share));
  const bar = width / count;
  for (let i = 0; i < count; i++) {
    const value = low + (i + 0.5) / count * (high - low);
    const isMarked = (activation === "tanh" || activation === "sigmoid") && isSaturated(activation, value);
    context.fillStyle = colours.value[isMarked ? "bad" : colour];
    const tall = Math.min(1, shares[i] / (most || 1)) * (height - 2);
    context.fillRect(i * bar + 0.5, height - tall, Math.max(1, bar - 1), tall);
  }
  context.fillStyle = colours.value.muted;
  context.fillRect(0, height - 1, width, 1);
}
