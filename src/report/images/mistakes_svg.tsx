import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import type { JudgedImages } from "../../numpy/inspection_npz.ts";
import { THEMES } from "../charts/palette.ts";
import type { Messages } from "../messages/en.ts";
import { cutToWidth, textWidth } from "../../text/text_width.ts";
import { formatShare } from "../sections/judged_images.ts";
import { dataUri, greyPng } from "./png.ts";

/** Images a row. */
const COLUMNS = 6;
/** The width of an image in the figure; its height follows. */
const WIDTH = 84;
const GAP = 20;
const TITLE = 24;
const CONFIDENCE = 20;
const MARGIN = 14;

/** A figure of the images in these places, dark on light, each titled `predicted / true` and with its confidence below. */
export function mistakesSvg(
  judged: JudgedImages,
  { places, names, t }: { places: readonly number[]; names: readonly string[]; t: Messages },
): string {
  const { rows, columns } = judged.images;
  const height = Math.round(WIDTH * rows / columns);
  const step = { x: WIDTH + GAP, y: TITLE + height + CONFIDENCE + GAP };
  const across = Math.min(COLUMNS, places.length);
  const size = {
    width: 2 * MARGIN + across * step.x - GAP,
    height: 2 * MARGIN + Math.ceil(places.length / COLUMNS) * step.y - GAP,
  };
  const { ground } = THEMES.light;
  const svg = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={t.mistakes.alt(places.length)}
      font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"
      text-anchor="middle"
    >
      <rect {...size} fill={ground} />
      {places.map((place, i) => (
        <Mistake
          key={place}
          judged={judged}
          place={place}
          names={names}
          t={t}
          x={MARGIN + (i % COLUMNS) * step.x}
          y={MARGIN + Math.floor(i / COLUMNS) * step.y}
          height={height}
        />
      ))}
    </svg>
  );
  return `${renderToString(svg)}\n`;
}

function Mistake({ judged, place, names, t, x, y, height }: {
  judged: JudgedImages;
  place: number;
  names: readonly string[];
  t: Messages;
  x: number;
  y: number;
  height: number;
}): JSX.Element {
  const { labels, predictions, probabilities, images } = judged;
  const [label, predicted] = [labels[place], predictions[place]];
  const [trueName, name] = [label, predicted].map((label) => names[label] ?? String(label));
  const width = textWidth(`${name} / ${trueName}`);
  const confidence = probabilities[place * (probabilities.length / images.count) + predicted];
  const { ink, soft, bad, muted } = THEMES.light;
  const centre = x + WIDTH / 2;
  const top = y + TITLE;
  return (
    <g>
      <title>{t.mistakes.describe(judged.indices[place], trueName, name)}</title>
      <text x={centre} y={top - 7} font-size={width > 10 ? "10" : "16"} fill={ink}>
        <tspan font-weight="bold" fill={bad}>{cutToWidth(name, 9)}</tspan> / {cutToWidth(trueName, 9)}
      </text>
      <image
        x={x}
        y={top}
        width={WIDTH}
        height={height}
        href={dataUri(imagePng(judged, place))}
        preserveAspectRatio="none"
        style="image-rendering:pixelated"
      />
      <rect x={x - 0.5} y={top - 0.5} width={WIDTH + 1} height={height + 1} fill="none" stroke={muted} />
      <text x={centre} y={top + height + 15} font-size="12" fill={soft}>{formatShare(confidence)}</text>
    </g>
  );
}

/** One image, dark on light. */
function imagePng({ images: { rows, columns, pixels } }: JudgedImages, place: number): Uint8Array {
  const size = rows * columns;
  const grey = pixels.slice(place * size, (place + 1) * size).map((value) => 255 - value);
  return greyPng(grey, { width: columns, height: rows });
}
