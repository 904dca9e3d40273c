import type { JSX } from "preact";
import type { Messages } from "../../messages/en.ts";
import { verdictText } from "../../sections/trial_cells.ts";
import type { DifferenceColumn } from "../../sections/trial_table.ts";

/** Where a value lies on an axis. */
export function percent([low, high]: readonly [number, number], value: number): string {
  return `${Number((100 * (value - low) / (high - low)).toFixed(1))}%`;
}

/** A difference's interval beside zero: hollow where it is not beyond chance; arrows to what lies beyond the axis. */
export function Interval({ difference, row, t }: {
  difference: DifferenceColumn;
  row: number;
  t: Messages;
}): JSX.Element | null {
  const { axis, values, verdicts } = difference;
  if (axis === null) return null;
  const [low, high] = axis;
  const value = verdicts[row] === "b" ? [0, 0, 0] as const : values[row];
  const verdict = verdictText(difference, row, t);
  const spoken = verdict === "" ? null : <span class="spoken">{verdict + t.comma}</span>;
  if (value === null || value[1] === undefined || value[2] === undefined) return <span class="ci" />;
  const [mean, from, to] = value;
  const [left, right] = [Math.max(low, Math.min(from, high)), Math.min(high, Math.max(to, low))];
  const width = Number((100 * (right - left) / (high - low)).toFixed(1));
  return (
    <>
      <svg class={`ci ${verdicts[row]}`} aria-hidden="true">
        <rect x={percent(axis, left)} width={`${width}%`} />
        {from < low && <path d="M5 3 0 7 5 11z" />}
        {to > high && (
          <svg x="100%" overflow="visible">
            <path d="M-5 3 0 7-5 11z" />
          </svg>
        )}
        {mean >= low && mean <= high && <circle cx={percent(axis, mean)} />}
      </svg>
      {spoken}
    </>
  );
}
