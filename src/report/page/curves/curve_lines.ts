import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { PartProps } from "../island.tsx";
import type { Axis } from "../chart/axis.ts";
import type { LineData } from "../chart/line_plot.tsx";
import { type LineState, openLines } from "../chart/line_state.ts";
import { stopsOf } from "../chart/trace.ts";
import { drawnTrials, slotColour } from "../state.ts";
import { curveCross, curveTrace } from "./curve_traces.ts";
import type { CurvesPart, PagePanel } from "./curves_part.ts";
import { type ChosenPart, converted, unitsOfEpoch, wholeAxis, type XUnit } from "./units.ts";
import { accuracyAxis, lossAxis } from "./value_axes.ts";

/** The learning curves as they are drawn: what the reader chose of their axes, and what follows from it. */
export interface CurveLines {
  readonly lines: LineState;
  readonly unit: Signal<XUnit>;
  readonly xType: Signal<Axis["type"]>;
  readonly lossType: Signal<Axis["type"]>;
  /** Whether the ticked trials have all of the frame. */
  readonly fitsTicked: Signal<boolean>;
  /** By panel. */
  readonly panels: readonly LineData[];
  /** Trials in colour, the best ticked first, and those in grey. */
  readonly drawn: ReadonlySignal<readonly { trial: number; slot: number }[]>;
  readonly grey: ReadonlySignal<readonly number[]>;
  /** How many trials leave the frame at its top. */
  readonly beyond: ReadonlySignal<number>;
  /** How many of those that should be drawn have no place along x. */
  readonly placeless: ReadonlySignal<number>;
  /** Whether any trial has a place along x in a unit. */
  has(unit: XUnit): boolean;
}

/** @param options.given the part, which may be given anew: what the reader chose stays, and so do its panels */
export function openCurves(
  { given, t, state }: Omit<PartProps<CurvesPart>, "page" | "part"> & {
    given: ReadonlySignal<CurvesPart>;
  },
): CurveLines {
  const unit = signal<XUnit>("epochs");
  const xType = signal<Axis["type"]>("linear");
  const lossType = signal(given.value.lossAxis);
  const fitsTicked = signal(false);
  const drawn = computed(() => drawnTrials(state).reverse());
  const grey = computed(() => {
    const named = new Set(drawn.value.map(({ trial }) => trial));
    return given.value.others.filter((trial) => !named.has(trial));
  });
  const shown = computed(() => [...drawn.value.map(({ trial }) => trial), ...grey.value]);
  const perEpoch = (trial: number, of: XUnit) => {
    const curves = given.value.curves[trial];
    return curves === undefined ? null : unitsOfEpoch(of, { trial, curves, speeds: state.speeds.value });
  };
  const source = computed(() => ({ part: given.value, unit: unit.value, speeds: state.speeds.value }));

  const tracesOf = ({ metrics, dashed }: PagePanel) => ({
    // The most important line is drawn last, on top.
    traces: computed(() =>
      drawn.value.toReversed().flatMap(({ trial, slot }) =>
        metrics.map((metric) =>
          curveTrace(source.value, {
            trial,
            metric,
            colour: slotColour(slot),
            dashed: dashed.includes(metric),
          })
        )
      ).filter(isThere)
    ),
    others: computed(() => {
      const metric = metrics[metrics.length - 1];
      return grey.value.map((trial) =>
        curveTrace(source.value, { trial, metric, colour: null, dashed: false })
      ).filter(isThere);
    }),
  });
  const { panels } = given.value;
  const traced = panels.map(tracesOf);
  const crosses = computed(() =>
    [
      ...grey.value.map((trial) => ({ trial, colour: null })),
      ...drawn.value.toReversed().map(({ trial, slot }) => ({ trial, colour: slotColour(slot) })),
    ].map((mark) => curveCross(source.value, mark)).filter(isThere)
  );
  const whole = computed(() => {
    const all = traced.flatMap(({ traces, others }) => [...traces.value, ...others.value]);
    return wholeAxis([...stopsOf(all), ...crosses.value.map(({ x }) => x)], xType.value);
  });

  const choice = signal<ChosenPart | null>(null);
  const lines = openLines({
    whole: () => whole.value,
    stops: () => stopsOf(traced.flatMap(({ traces }) => traces.value)),
    chosen: {
      get value() {
        const known = (of: XUnit) => shown.value.map((trial) => perEpoch(trial, of));
        return choice.value && converted(choice.value, unit.value, known);
      },
      set value(domain) {
        choice.value = domain && { unit: unit.value, domain };
      },
    },
  });

  /** The ticked trial that ranks first. */
  const best = computed(() => {
    const rank = (trial: number) => {
      const place = given.value.others.indexOf(trial);
      return place < 0 ? Infinity : place;
    };
    return drawn.value.map(({ trial }) => trial).sort((a, b) => rank(a) - rank(b))[0];
  });
  const title = computed(() => ({ title: t.curves.xTitles[unit.value], whole: unit.value !== "seconds" }));
  const axes = traced.map(({ traces, others }, i) =>
    computed(() => {
      const inOrder = traces.value.toSorted((a, b) =>
        Number(b.trial === best.value) - Number(a.trial === best.value)
      );
      const shown = {
        traces: inOrder,
        others: others.value,
        x: lines.x.value,
        isZoomed: lines.isZoomed.value,
        fitsColoured: fitsTicked.value,
      };
      return panels[i].kind === "loss"
        ? lossAxis(shown, lossType.value)
        : { ...accuracyAxis(shown), beyond: 0 };
    })
  );
  return {
    lines,
    unit,
    xType,
    lossType,
    fitsTicked,
    drawn,
    grey,
    beyond: computed(() => axes.reduce((sum, { value }) => sum + value.beyond, 0)),
    placeless: computed(() => shown.value.filter((trial) => perEpoch(trial, unit.value) === null).length),
    has: (of) => shown.value.some((trial) => perEpoch(trial, of) !== null),
    panels: traced.map(({ traces, others }, i): LineData => ({
      traces,
      others,
      crosses: computed(() => panels[i].kind === "loss" ? crosses.value : []),
      title,
      y: axes[i],
    })),
  };
}

function isThere<T>(value: T | null): value is T {
  return value !== null;
}
