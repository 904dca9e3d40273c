import { type Signal, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useLatest } from "../chart/use_latest.ts";
import type { Axis } from "../chart/axis.ts";
import { LinePlot } from "../chart/line_plot.tsx";
import { Readout } from "../chart/readout.tsx";
import type { PartProps } from "../island.tsx";
import { Note } from "../parts.tsx";
import { type CurveLines, openCurves } from "./curve_lines.ts";
import { curveReadout, short, spoken } from "./curve_readout.ts";
import type { CurvesPart } from "./curves_part.ts";
import { X_UNITS } from "./units.ts";

/** The learning curves: losses and accuracy over one x, with a legend that reads out what stands at the cursor. */
export function Curves(props: PartProps<CurvesPart>): JSX.Element {
  // Other panels are other charts.
  return <Panels key={props.part.panels.map(({ kind }) => kind).join()} {...props} />;
}

function Panels(props: PartProps<CurvesPart>): JSX.Element {
  const { part, page, t, state } = props;
  const given = useLatest(part);
  const curves = useMemo(() => openCurves({ given, t, state }), []);
  const readout = useComputed(() => curveReadout({ ...props, part: given.value }, curves));
  const says = useComputed(() => spoken(readout.value, t));
  const pick = part.tickable ? (trial: number) => state.toggle(trial) : undefined;
  const label = (trial: number) => page.labels[trial] ?? t.trial(trial);
  return (
    <div class="curves">
      <div class="before">
        <Note sentences={part.notes} space={t.space} />
        <Controls part={part} t={t} curves={curves} />
      </div>
      <div class="charts wide-pair">
        {part.panels.map(({ chart }, i) => (
          <LinePlot
            key={chart.id}
            chart={chart}
            state={state}
            lines={curves.lines}
            data={curves.panels[i]}
            label={label}
            says={says}
            onPick={pick}
          />
        ))}
      </div>
      {/* Below the charts: its rows come and go without moving them. */}
      <Readout data={readout.value} lines={curves.lines} t={t} onPick={pick} />
      <Remarks {...props} curves={curves} />
      <p class="note screen">{t.curves.hint(part.tickable)}</p>
    </div>
  );
}

/** The buttons of the axes and of the zoom. */
function Controls({ part, t, curves }: {
  part: CurvesPart;
  t: PartProps<CurvesPart>["t"];
  curves: CurveLines;
}): JSX.Element {
  const { lines, unit, xType, lossType, fitsTicked } = curves;
  const chooseUnit = (chosen: typeof unit.value) => {
    if (chosen !== unit.value) lines.cursor.value = null;
    unit.value = chosen;
  };
  return (
    <div class="controls axes" role="group" aria-label={t.page.controls}>
      {part.panels.some(({ kind }) => kind === "loss") && (
        <Scale name={t.curves.lossAxis} type={lossType} t={t} />
      )}
      <span class="axis">
        <Choice name={t.curves.xAxis}>
          {X_UNITS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={unit.value === each}
              disabled={!curves.has(each)}
              onClick={() => chooseUnit(each)}
            >
              {t.curves.units[each]}
            </button>
          ))}
        </Choice>
        <Scale name={t.curves.xAxis} hidden type={xType} t={t} />
      </span>
      {part.tickable && (
        <button
          type="button"
          aria-pressed={fitsTicked.value}
          onClick={() => fitsTicked.value = !fitsTicked.value}
        >
          {t.curves.fitTicked}
        </button>
      )}
      <Choice name={t.curves.zoom} hidden>
        <button type="button" aria-label={t.page.zoomIn} onClick={() => lines.zoom(0.5)}>+</button>
        <button
          type="button"
          aria-label={t.page.zoomOut}
          disabled={!lines.isZoomed.value}
          onClick={() => lines.zoom(2)}
        >
          −
        </button>
        <button type="button" disabled={!lines.isZoomed.value} onClick={() => lines.showAll()}>
          {t.page.reset}
        </button>
      </Choice>
    </div>
  );
}

function Scale({ name, type, t, hidden = false }: {
  name: string;
  type: Signal<Axis["type"]>;
  t: PartProps<CurvesPart>["t"];
  hidden?: boolean;
}): JSX.Element {
  return (
    <Choice name={name} hidden={hidden}>
      {(["linear", "log"] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={type.value === each}
          onClick={() => type.value = each}
        >
          {each === "log" ? t.curves.logarithmic : t.curves.linear}
        </button>
      ))}
    </Choice>
  );
}

/** Buttons of which one is pressed. @param hidden whether its name is only read out */
function Choice({ name, hidden = false, children }: {
  name: string;
  hidden?: boolean;
  children: JSX.Element | JSX.Element[];
}): JSX.Element {
  return (
    <span class="choice" role="group" aria-label={name}>
      {!hidden && <span class="name" aria-hidden="true">{name}</span>}
      <span class="buttons">{children}</span>
    </span>
  );
}

/** What the reader must know of what is drawn just now. */
function Remarks({ page, t, state, curves }: PartProps<CurvesPart> & { curves: CurveLines }): JSX.Element {
  const { lines, unit, drawn, beyond, placeless, fitsTicked } = curves;
  const [low, high] = lines.x.value.domain;
  const remarks = [
    drawn.value.length === 0 ? t.curves.noneTicked : "",
    state.full.value ? t.table.full(page.colours) : "",
    beyond.value > 0 && !fitsTicked.value ? t.curves.beyondPage(beyond.value) : "",
    curves.has("iterations") ? "" : t.curves.iterationsUnknown,
    curves.has("seconds") ? "" : t.curves.secondsUnknown,
    unit.value === "seconds" ? t.curves.secondsNote : "",
    unit.value === "seconds" && placeless.value > 0 ? t.curves.untimed(placeless.value) : "",
    lines.isZoomed.value ? t.curves.showsPart(short(low), short(high), t.curves.units[unit.value]) : "",
  ].filter((remark) => remark !== "");
  return <p class="note remarks screen" role="status">{remarks.join(t.space)}</p>;
}
