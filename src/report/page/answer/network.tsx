import type { JSX } from "preact";
import { formatCount } from "../../../text/numbers.ts";
import type { ReportModel } from "../../report_model.ts";
import { networkAlt, type NetworkSetup } from "../../sections/setup_data.ts";

/** In the picture's own units, which are about a pixel where a telephone shows it. */
const WIDTH = 340;
const TALLEST = 80;
const SHORTEST = 8;
const TOP = 6;
const BASE = TOP + TALLEST;
const COLUMN = 14;
/** Between columns that are nearer than this, words stand upright. */
const NARROW = 66;

/** The layers as columns, the taller the more units: what goes from one to the next is written between them. */
export function Network({ model, network }: { model: ReportModel; network: NetworkSetup }): JSX.Element {
  const { t } = model;
  const { sizes, activations, parameters } = network;
  const most = sizes.reduce((top: number, size) => Math.max(top, size ?? 0), 1);
  const step = (WIDTH - 44) / (sizes.length - 1);
  const x = (i: number) => 22 + i * step;
  // By the square root, so that ten units beside 784 are still a column.
  const height = (size: number | null) =>
    size === null ? TALLEST / 2 : Math.max(SHORTEST, TALLEST * Math.sqrt(size / most));
  const middle = TOP + TALLEST / 2;
  const narrow = step < NARROW;
  const gaps = sizes.slice(1).map((to, i) => {
    const [left, right] = [x(i) + COLUMN / 2, x(i + 1) - COLUMN / 2];
    const [from, until] = [height(sizes[i]) / 2, height(to) / 2];
    return {
      path: `M${fixed(left)} ${fixed(middle - from)}L${fixed(right)} ${fixed(middle - until)}` +
        `V${fixed(middle + until)}L${fixed(left)} ${fixed(middle + from)}Z`,
      centre: fixed((left + right) / 2),
      // In the picture the short name: what it is called in words stands beside it.
      activation: activations[i].replace(/（.*/, ""),
      weights: parameters[i] === null ? "" : formatCount(parameters[i]),
    };
  });
  const last = sizes.length - 1;
  const role = (i: number) =>
    i === 0 ? t.setup.input : i === last ? t.setup.output : narrow && i > 1 ? "" : t.setup.hidden;
  return (
    <svg
      class="network"
      viewBox={`0 0 ${WIDTH} ${BASE + 34}`}
      role="img"
      aria-label={networkAlt(model, network)}
    >
      {gaps.map(({ path }) => <path key={path} d={path} class="flow" />)}
      {sizes.map((size, i) => (
        <g key={i}>
          <rect
            class={i === 0 ? "layer input" : i === last ? "layer output" : "layer"}
            x={fixed(x(i) - COLUMN / 2)}
            y={fixed(middle - height(size) / 2)}
            width={COLUMN}
            height={fixed(height(size))}
            rx="3"
            stroke-dasharray={size === null ? "3 3" : undefined}
          />
          <text class="size" x={fixed(x(i))} y={BASE + 15} text-anchor="middle">{size ?? "?"}</text>
          <text class="role" x={fixed(x(i))} y={BASE + 29} text-anchor="middle">{role(i)}</text>
        </g>
      ))}
      {gaps.map(({ centre, activation, weights }, i) =>
        narrow
          ? (
            <g key={i} transform={`rotate(-90 ${centre} ${middle})`} class="words">
              <text class="activation" x={centre} y={middle - 2} text-anchor="middle">{activation}</text>
              <text class="weights" x={centre} y={middle + 10} text-anchor="middle">{weights}</text>
            </g>
          )
          : (
            <g key={i} class="words">
              <text class="activation" x={centre} y={middle - 3} text-anchor="middle">{activation}</text>
              <text class="weights" x={centre} y={middle + 11} text-anchor="middle">{weights}</text>
            </g>
          )
      )}
    </svg>
  );
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}
