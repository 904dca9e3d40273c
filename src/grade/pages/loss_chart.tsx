import type { JSX } from "preact";
import { lossScale } from "../../report/charts/scales.ts";
import { epochTicks } from "../../report/charts/scales.ts";
import { log } from "../../random/log.ts";
import type { CurvePoint, LearningCurve } from "../exhibits.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { showNumber } from "../show_number.ts";

const [WIDTH, HEIGHT] = [440, 270];
const FRAME = { left: 56, right: 14, top: 12, bottom: 40 };
/** Points of a curve that are marked each. */
const MARKED = 30;
/** Epochs that an axis can count. */
const MOST_EPOCHS = 100_000;

/** A place in the frame, in the image's units. */
type Place = readonly [x: number, y: number];

/** One loss over the epochs, the student's and ours; null where the student has no finite one. */
export function LossChart(
  { metric, title, curve, t }: {
    metric: "train_loss" | "val_loss";
    title: string;
    curve: LearningCurve;
    t: GradeMessages;
  },
): JSX.Element | null {
  const said = t.outputs.student.curve;
  const own = numbered(curve.own).map((point) => ({ x: point.epoch, y: point[metric] }));
  const ours = (curve.ours ?? []).map((point) => ({ x: point.epoch, y: point[metric] }));
  const losses = [...own, ...ours].flatMap(({ y }) => y ?? []);
  const lasting = own.filter(({ y }) => y !== null);
  if (lasting.length === 0) return null;
  const scale = lossScale(losses, []);
  const epochs = [...own, ...ours].map(({ x }) => x);
  const [first, last] = [epochs.reduce((a, b) => Math.min(a, b)), epochs.reduce((a, b) => Math.max(a, b))];
  const across = (epoch: number) =>
    FRAME.left + (WIDTH - FRAME.left - FRAME.right) * (last > first ? (epoch - first) / (last - first) : 0.5);
  const [low, high] = scale.domain;
  const part = (loss: number) =>
    scale.type === "linear" ? (loss - low) / (high - low) : log(loss / low) / log(high / low);
  const up = (loss: number) =>
    HEIGHT - FRAME.bottom -
    (HEIGHT - FRAME.top - FRAME.bottom) * Math.min(1, Math.max(0, part(Math.max(loss, 1e-300))));
  const places = (points: readonly { x: number; y: number | null }[]) =>
    points.map(({ x, y }): Place | null => y === null ? null : [across(x), up(y)]);
  const description = said.describe(
    title,
    own.length,
    ours.length === 0 ? null : ours.length,
    showNumber(lasting[lasting.length - 1].y ?? NaN),
  );
  const ticks = epochTicks(last).filter((tick) => tick >= first);
  const right = WIDTH - FRAME.right;
  const bottom = HEIGHT - FRAME.bottom;
  return (
    <figure>
      <h3>{title}{scale.type === "log" && <small class="soft">{said.log}</small>}</h3>
      <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={description}>
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={FRAME.left} x2={right} y1={round(up(tick))} y2={round(up(tick))} />
            <text class="tick end" x={FRAME.left - 8} y={round(up(tick) + 4)}>{tick}</text>
          </g>
        ))}
        {(first === 0 ? [0, ...ticks] : ticks).map((tick) => (
          <g key={tick}>
            <line
              class="axis"
              x1={round(across(tick))}
              x2={round(across(tick))}
              y1={bottom}
              y2={bottom + 4}
            />
            <text class="tick middle" x={round(across(tick))} y={bottom + 18}>{tick}</text>
          </g>
        ))}
        <line class="axis" x1={FRAME.left} x2={right} y1={bottom} y2={bottom} />
        <text class="tick middle name" x={(FRAME.left + right) / 2} y={HEIGHT - 5}>
          {said.epoch}
        </text>
        <path class="own" d={path(places(own))} />
        {own.length <= MARKED &&
          places(own).map((place, i) =>
            place !== null && <circle key={i} class="own" cx={round(place[0])} cy={round(place[1])} r="3.2" />
          )}
        {/* Above the student's: dashes show both where they are the same. */}
        <path class="ours" d={path(places(ours))} />
      </svg>
    </figure>
  );
}

/** The points as the file counts them; where its epochs are not in order, in the file's order. */
function numbered(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const orderly = points.every(({ epoch }, i) =>
    epoch >= 0 && epoch <= MOST_EPOCHS && (i === 0 || epoch > points[i - 1].epoch)
  );
  return orderly ? points : points.map((point, i) => ({ ...point, epoch: i + 1 }));
}

/** A line through places, with a gap where there is none. */
function path(places: readonly (Place | null)[]): string {
  return places.map((place, i) => {
    if (place === null) return "";
    const command = i === 0 || places[i - 1] === null ? "M" : "L";
    return `${command}${round(place[0])} ${round(place[1])}`;
  }).join("");
}

function round(x: number): string {
  return x.toFixed(1);
}
