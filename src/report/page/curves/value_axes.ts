import { lossTop } from "../../charts/scales.ts";
import type { Axis } from "../chart/axis.ts";
import { type Trace, valuesOn } from "../chart/trace.ts";

interface Shown {
  /** In colour, the best first. */
  readonly traces: readonly Trace[];
  readonly others: readonly Trace[];
  readonly x: Axis;
  readonly isZoomed: boolean;
  /** Whether the lines in colour have all of the frame, and those in grey leave it where they do. */
  readonly fitsColoured: boolean;
}

/** The axis of losses, fitted to what x shows, and how many trials leave it at the top. */
export function lossAxis(
  { traces, others, x, isZoomed, fitsColoured }: Shown,
  type: Axis["type"],
): Axis & { readonly beyond: number } {
  const of = (shown: readonly Trace[]) => shown.flatMap((trace) => valuesOn(x, trace, type));
  const first = traces[0]?.trial;
  const best = of(fitsColoured ? traces : traces.filter(({ trial }) => trial === first));
  const rest = fitsColoured ? [] : of([...traces.filter(({ trial }) => trial !== first), ...others]);
  const top = lossTop(best, rest);
  const values = [...best, ...rest].filter((loss) => loss <= top);
  const { domain } = lossDomain({ top, values, fitted: isZoomed || fitsColoured }, type);
  const astray = [...traces, ...others].filter((trace) => largest(of([trace])) > domain[1]);
  return { type, domain, beyond: new Set(astray.map(({ trial }) => trial)).size };
}

function lossDomain(
  { top, values, fitted }: { top: number; values: readonly number[]; fitted: boolean },
  type: Axis["type"],
): Axis {
  if (type === "log") {
    const bottom = least(values.filter((loss) => loss > 0));
    if (!(bottom <= top)) return { type, domain: [0.1, 1] };
    const room = Math.min(1.15, Math.max(1.01, (top / bottom) ** 0.05));
    return { type, domain: [bottom / room, top * room] };
  }
  if (!(top > 0)) return { type, domain: [0, 1] };
  if (!fitted) return { type, domain: [0, top * 1.05] };
  const bottom = least(values);
  const room = Math.max((top - bottom) * 0.06, top * 0.01);
  return { type, domain: [Math.max(0, bottom - room), top + room] };
}

/** The axis of accuracies, up to 1 where all is shown, and fitted where a part is. */
export function accuracyAxis({ traces, others, x, isZoomed, fitsColoured }: Shown): Axis {
  const fitted = isZoomed || fitsColoured;
  const values = (fitsColoured ? traces : [...traces, ...others]).flatMap((trace) =>
    valuesOn(x, trace, "linear")
  );
  const bottom = Math.min(1, least(values));
  const top = fitted ? Math.max(bottom, largest(values)) : 1;
  // Above 1 too: a line along the frame's edge would be half a line.
  const room = Math.max((top - bottom) * 0.06, 0.002);
  return { type: "linear", domain: [Math.max(0, bottom - room), Math.min(1.02, top + room)] };
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
