/// <reference lib="dom" />
import type { JSX } from "preact";
import { formatNumber } from "./numbers.ts";
import { Canvas, type Drawing } from "./canvas.tsx";
import { colours } from "./theme.ts";

/** A line of a chart: values at 0, 1, 2, ... of the axis. */
export interface Series {
  readonly name: string;
  /** A name of the palette: see theme.ts. */
  readonly colour: string;
  readonly values: ArrayLike<number>;
  readonly dashed?: boolean;
}

/** In rem. */
const MARGIN = { left: 3.2, right: 0.6, top: 0.5, bottom: 1.5 };

/** Lines over steps, with a legend that says each one's last value. From 0 to the largest value, or to `most`. */
export function LineChart({ series, label, xTitle, most, ratio = 2, show = formatNumber }: {
  readonly series: () => readonly Series[];
  readonly label: string;
  readonly xTitle: string;
  readonly most?: number | undefined;
  readonly ratio?: number;
  /** How values are written. */
  readonly show?: (value: number) => string;
}): JSX.Element {
  return (
    <figure class="lines">
      <ul class="legend">
        {series().map(({ name, colour, values, dashed }) => (
          <li key={name}>
            <span class="key" style={`border-top:3px ${dashed ? "dashed" : "solid"} var(--${colour})`} />
            {name} <b>{values.length === 0 ? "–" : show(values[values.length - 1])}</b>
          </li>
        ))}
      </ul>
      <Canvas
        label={label}
        ratio={ratio}
        draw={(drawing) => drawLines(drawing, series(), { xTitle, most, show })}
      />
    </figure>
  );
}

function drawLines(
  { context, width, height, rem }: Drawing,
  series: readonly Series[],
  { xTitle, most, show }: { xTitle: string; most?: number | undefined; show: (value: number) => string },
): void {
  const length = Math.max(2, ...series.map(({ values }) => values.length));
  let top = most ?? 0;
  for (const { values } of series) {
    for (let i = 0; i < values.length; i++) if (values[i] > top) top = values[i];
  }
  if (!(top > 0) || !Number.isFinite(top)) top = 1;
  const left = MARGIN.left * rem, right = width - MARGIN.right * rem;
  const bottom = height - MARGIN.bottom * rem, under = height - 0.6 * rem;
  const x = (i: number) => left + i / (length - 1) * (right - left);
  const y = (value: number) => bottom - Math.min(value, top) / top * (bottom - MARGIN.top * rem);
  context.font = `${0.72 * rem}px system-ui, sans-serif`;
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const share of [0, 0.5, 1]) {
    context.strokeStyle = colours.value.grid;
    context.beginPath();
    context.moveTo(left, y(share * top));
    context.lineTo(right, y(share * top));
    context.stroke();
    context.fillStyle = colours.value.soft;
    context.textAlign = "right";
    context.fillText(show(share * top), left - 0.3 * rem, y(share * top));
  }
  context.textAlign = "left";
  context.fillText("0", left, under);
  context.textAlign = "right";
  context.fillText(`${length - 1}`, right, under);
  context.textAlign = "center";
  context.fillText(xTitle, (left + right) / 2, under);
  for (const { values, colour, dashed } of series) {
    context.strokeStyle = colours.value[colour];
    context.lineWidth = 2;
    context.setLineDash(dashed ? [5, 4] : []);
    context.beginPath();
    // Not more points than pixels: of each pixel's values the least and the greatest.
    const stride = Math.max(1, Math.floor(values.length / (2 * width)));
    for (let i = 0; i < values.length; i += stride) {
      let low = values[i], high = values[i];
      for (let k = i; k < Math.min(i + stride, values.length); k++) {
        low = Math.min(low, values[k]);
        high = Math.max(high, values[k]);
      }
      if (!Number.isFinite(high)) break;
      if (i === 0) context.moveTo(x(0), y(high));
      context.lineTo(x(i), y(high));
      if (low !== high) context.lineTo(x(i), y(low));
    }
    context.stroke();
  }
  context.setLineDash([]);
}
