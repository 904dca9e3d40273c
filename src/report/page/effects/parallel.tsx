/// <reference lib="dom" />
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { crossings, type EffectAxis, goodness, textAt, textOf } from "../../sections/effect_axis.ts";
import { hideTip, showTip } from "../chart/tip.ts";
import type { PartProps } from "../island.tsx";
import { Note } from "../parts.tsx";
import { drawnTrials } from "../state.ts";
import type { EffectsPart } from "./effects_part.ts";
import { BROKEN, DRAWN, type PagePoint, TICKABLE } from "./page_point.ts";
import {
  along,
  type AxisLayout,
  beyondLow,
  distanceTo,
  linePath,
  linePoints,
  type ParallelLayout,
  parallelLayout,
} from "./parallel_layout.ts";
import {
  type Chosen,
  chosenOn,
  isWithin,
  moveEnd,
  type Range,
  rangeBetween,
  rangeOf,
  shift,
} from "./ranges.ts";

/** As wide as the page at most; the browser measures. */
const WIDTH = 960;
/** How near a line one must point, in pixels. */
const NEAR = 8;
/** A press that moves less is no drag. */
const DRAG = 4;

/** All parameters and the metric as parallel axes, on which ranges can be chosen. */
export function Parallel(props: PartProps<EffectsPart>): JSX.Element | null {
  const { part, page, t, state } = props;
  const { points, metric, goal } = part;
  const axes = useMemo(() => [...part.axes, metric], [part]);
  const place = useRef<HTMLDivElement>(null);
  const width = useSignal(WIDTH);
  const alive = useSignal(false);
  const kept = useSignal<readonly (Chosen | null)[]>(axes.map(() => null));
  useEffect(() => {
    alive.value = true;
    if (place.current === null) return;
    const measured = place.current;
    const measure = () => width.value = measured.clientWidth;
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    // No observer is told while the page is printed.
    addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      removeEventListener("resize", measure);
    };
  }, []);

  const missing = points.some(([, value, flags]) => value === null && (flags & DRAWN) > 0);
  const layout = useMemo(() => parallelLayout(axes, { width: width.value, missing }), [axes, width.value]);
  const lines = useMemo(() =>
    points.map((point, i) => {
      const [trial, value, flags, ...at] = point;
      const effect = { trial, value, broken: (flags & BROKEN) > 0, at };
      const crossed = crossings(axes, effect, i / Math.max(1, points.length - 1));
      const good = goodness(metric, goal, value);
      return { point, path: linePath(layout, crossed), places: linePoints(layout, crossed), good };
    }), [points, layout]);

  const slots = new Map(drawnTrials(state).map(({ trial, slot }) => [trial, slot]));
  const shown = lines.filter(({ point: [trial, , flags] }) => flags & DRAWN || slots.has(trial));
  const ranges = axes.map((axis, i) => rangeOf(axis, kept.value[i]));
  const chosen = ranges.some((range) => range !== null);
  const within = shown.filter(({ point }) => isWithin(axes, ranges, point));
  const outside = chosen ? shown.filter((line) => !within.includes(line)) : [];
  const counted = within.map(({ point }) => point).filter(([, , flags]) => flags & DRAWN);
  const drawable = counted.filter(([, value, flags]) => value !== null && flags & TICKABLE)
    .map(([trial]) => trial).slice(0, page.colours);
  const clear = () => kept.value = axes.map(() => null);
  const set = (i: number, range: Range) => kept.value = kept.value.with(i, chosenOn(axes[i], range));

  const pointed = (event: PointerEvent | MouseEvent) => {
    const svg = event.currentTarget as SVGSVGElement;
    const { left, top, width } = svg.getBoundingClientRect();
    const scale = layout.width / width;
    const here = { x: (event.clientX - left) * scale, y: (event.clientY - top) * scale };
    let nearest: (typeof shown)[number] | null = null;
    let least = NEAR;
    for (const line of chosen ? within : shown) {
      const distance = distanceTo(line.places, here, layout.upright);
      if (distance < least) [nearest, least] = [line, distance];
    }
    return nearest;
  };
  const tell = (event: PointerEvent) => {
    const line = pointed(event);
    if (line === null || isOnAxis(event)) return hideTip();
    const [trial, value] = line.point;
    const metricText = value === null ? t.none : textOf(metric, value);
    showTip(event, `${page.labels[trial]}\n${metric.title}${t.colon}${metricText}`);
  };
  const tick = (event: MouseEvent) => {
    const line = isOnAxis(event) ? null : pointed(event);
    if (line !== null && line.point[2] & TICKABLE) state.toggle(line.point[0]);
  };

  return (
    <div
      class="parallel"
      ref={place}
      onKeyDown={(event) => {
        if (event.key === "Escape") clear();
      }}
    >
      {alive.value && <p class="note screen">{t.effects.brush}</p>}
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        class={layout.upright ? "upright" : undefined}
        role="group"
        aria-label={t.effects.alt(metric.title, part.axes.map(({ title }) => title).join(t.comma))}
        onPointerMove={tell}
        onPointerLeave={hideTip}
        onClick={tick}
      >
        <g aria-hidden="true">
          {outside.map((line) => <Line key={line.point[0]} {...line} outside />)}
          {within.toReversed().map((line) => <Line key={line.point[0]} {...line} />)}
          {shown.filter(({ point: [trial] }) => slots.has(trial)).map(({ point: [trial], places }) => (
            <g key={trial} class="ticked" style={`--swatch:var(--c${slots.get(trial)})`}>
              {places.map(({ x, y }, i) => <circle key={i} cx={x.toFixed(1)} cy={y.toFixed(1)} r="4.5" />)}
            </g>
          ))}
        </g>
        {layout.axes.map((place, i) => (
          <Axis
            key={i}
            axis={axes[i]}
            place={place}
            layout={layout}
            t={t}
            range={ranges[i]}
            alive={alive.value && axes[i].low < axes[i].high}
            missing={missing && i === axes.length - 1}
            onChange={(range) => set(i, range)}
          />
        ))}
      </svg>
      <Legend {...props} chosen={chosen} />
      {alive.value && (
        <div class="controls">
          <Said within={counted} chosen={chosen} {...props} />
          <button
            type="button"
            disabled={!chosen || drawable.length === 0}
            onClick={() => state.draw(drawable)}
          >
            {t.effects.drawBest(page.colours)}
          </button>
          <button type="button" disabled={!chosen} onClick={clear}>{t.effects.clear}</button>
        </div>
      )}
    </div>
  );
}

function Line(
  { path, good, point: [, , flags], outside = false }: {
    path: string;
    good: number | null;
    point: PagePoint;
    outside?: boolean;
  },
): JSX.Element {
  const dashed = flags & BROKEN ? " broken" : "";
  if (outside || good === null) return <path class={`${outside ? "out" : "none"}${dashed}`} d={path} />;
  return <path class={`in${dashed}`} style={`--good:${Math.round(100 * good)}%`} d={path} />;
}

/** How far across from its axis a press still counts. */
const REACH = 18;

function Axis({ axis, place, layout, t, range, alive, missing, onChange }: {
  axis: EffectAxis;
  place: AxisLayout;
  layout: ParallelLayout;
  t: PartProps<EffectsPart>["t"];
  range: Range;
  /** Whether ranges can be chosen on it. */
  alive: boolean;
  /** Whether lines end beyond its low end. */
  missing: boolean;
  onChange: (range: Range) => void;
}): JSX.Element {
  const { upright } = layout;
  const { across, low, high } = place;
  const drag = useRef<{ kind: 0 | 1 | "new" | "move"; start: number; moved: boolean; range: Range } | null>(
    null,
  );
  /** A box from one place along the axis to another, so wide to both sides of it. */
  const box = (a: number, b: number, half: number) => {
    const [start, length] = [Math.min(a, b), Math.abs(b - a)];
    return upright
      ? { x: across - half, y: start, width: 2 * half, height: length }
      : { x: start, y: across - half, width: length, height: 2 * half };
  };
  const positionAt = (event: PointerEvent) => {
    const svg = (event.currentTarget as SVGElement).ownerSVGElement;
    if (svg === null) return 0;
    const frame = svg.getBoundingClientRect();
    const scale = layout.width / frame.width;
    const at = (upright ? event.clientY - frame.top : event.clientX - frame.left) * scale;
    return (at - low) / (high - low);
  };
  const length = Math.abs(high - low);
  // Levels' lines are spread a little about their place.
  const spread = axis.levels === null ? 0 : 9;
  const margin = spread / length;
  const press = (event: PointerEvent, end?: 0 | 1) => {
    if (!alive || event.button !== 0) return;
    (event.currentTarget as SVGElement).setPointerCapture(event.pointerId);
    const start = positionAt(event);
    const inside = range !== null && start >= range[0] - margin && start <= range[1] + margin;
    drag.current = { kind: end ?? (inside ? "move" : "new"), start, moved: false, range };
    hideTip();
  };
  const move = (event: PointerEvent) => {
    const { current } = drag;
    if (current === null) return;
    const here = positionAt(event);
    current.moved ||= Math.abs(here - current.start) * length >= DRAG;
    if (!current.moved) return;
    const [from, to] = current.range ?? [0, 1];
    if (current.kind === "new") onChange(rangeBetween(axis, current.start, here));
    else if (current.kind === "move") onChange(shift(axis, [from, to], here - current.start));
    else {onChange(
        current.kind === 0
          ? rangeBetween(axis, Math.min(here, to), to)
          : rangeBetween(axis, from, Math.max(here, from)),
      );}
  };
  const release = () => {
    const { current } = drag;
    drag.current = null;
    // A press on a range that does not move takes it away.
    if (current !== null && !current.moved && current.kind === "move") onChange(null);
  };
  const pointer = { onPointerMove: move, onPointerUp: release, onPointerCancel: release };
  const sign = Math.sign(high - low);
  const [from, to] = range ?? [0, 1];
  const [first, last] = [from, to].map((position) => Math.min(1, Math.max(0, position)));
  const ends = [along(place, first) - sign * spread, along(place, last) + sign * spread];
  return (
    <g data-axis={axis.title}>
      {alive && (
        <rect
          class="strip screen"
          {...box(low - sign * 8, high + sign * 8, REACH)}
          onPointerDown={(event) => press(event)}
          {...pointer}
        />
      )}
      <path
        class="axis"
        d={upright ? `M${across},${low}V${high}` : `M${low},${across}H${high}`}
      />
      {range !== null && <rect class="range" {...box(ends[0], ends[1], 8)} />}
      {missing && <Cross x={upright ? across : beyondLow(place)} y={upright ? beyondLow(place) : across} />}
      <g aria-hidden="true">
        {place.texts.map(({ x, y, anchor, text, title }, i) => (
          <text key={i} class={title ? "title" : undefined} x={x} y={y} text-anchor={anchor}>{text}</text>
        ))}
      </g>
      {alive && ([0, 1] as const).map((end) => (
        <Handle
          key={end}
          box={box(ends[end], ends[end] + (end === 0 ? -sign : sign) * 9, 9)}
          reach={box(ends[end] - sign * 3, ends[end] + (end === 0 ? -sign : sign) * 21, REACH)}
          label={(end === 0 ? t.effects.from : t.effects.to)(axis.title)}
          upright={upright}
          position={end === 0 ? first : last}
          text={textAt(axis, end === 0 ? from : to)}
          onKey={(steps) => onChange(moveEnd(axis, range, { end, steps }))}
          onPress={(event) => press(event, end)}
          pointer={pointer}
        />
      ))}
    </g>
  );
}

/** How many steps a key moves a handle; an end of the axis is further than any. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 5,
  PageDown: -5,
  Home: -100,
  End: 100,
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function Handle({ box, reach, label, upright, position, text, onKey, onPress, pointer }: {
  box: Box;
  /** Where a press is meant for it. */
  reach: Box;
  label: string;
  upright: boolean;
  position: number;
  text: string;
  onKey: (steps: number) => void;
  onPress: (event: PointerEvent) => void;
  pointer: object;
}): JSX.Element {
  return (
    <g
      class="handle screen"
      role="slider"
      tabindex={0}
      aria-label={label}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * position)}
      aria-valuetext={text}
      onKeyDown={(event) => {
        const steps = KEYS[event.key];
        if (steps === undefined) return;
        event.preventDefault();
        onKey(steps);
      }}
      onPointerDown={onPress}
      {...pointer}
    >
      <rect class="reach" {...reach} />
      <rect class="grip" rx="3" {...box} />
    </g>
  );
}

function Cross({ x, y }: { x: number; y: number }): JSX.Element {
  return <path class="cross" d={`M${x - 5},${y - 5}l10,10m0,-10l-10,10`} />;
}

/** What the colours of the lines mean. */
function Legend(
  { part: { metric, goal, points }, t, state, chosen }: PartProps<EffectsPart> & { chosen: boolean },
): JSX.Element {
  const ends = [textOf(metric, metric.low), textOf(metric, metric.high)];
  const [worst, best] = goal === "maximize" ? ends : ends.toReversed();
  const notes = [
    points.some(([, value, flags]) => value === null && flags & DRAWN) ? t.effects.parallelMissing : "",
    drawnTrials(state).length > 0 ? t.effects.parallelTicked : "",
  ];
  return (
    <>
      <p class="note scale">
        <span>{metric.title}</span>
        <span>{t.effects.worst(worst)}</span>
        <span class="gradient" />
        <span>{t.effects.best(best)}</span>
        {chosen && (
          <span>
            <span class="swatch grey" /> {t.effects.outside}
          </span>
        )}
      </p>
      <Note sentences={notes} space={t.space} />
    </>
  );
}

/** How many trials lie within the ranges, and the best of them: told when it changes. */
function Said(
  { part: { points, metric, sampled }, page, t, within, chosen }: PartProps<EffectsPart> & {
    within: readonly PagePoint[];
    chosen: boolean;
  },
): JSX.Element {
  const all = points.filter(([, , flags]) => flags & DRAWN).length;
  const best = within.find(([, value]) => value !== null);
  const found = best === undefined || best[1] === null
    ? t.effects.noneMeasured
    : t.effects.bestWithin(page.labels[best[0]], textOf(metric, best[1]));
  const said = !chosen
    ? t.effects.nothingChosen
    : within.length === 0
    ? t.effects.noneWithin
    : t.effects.within(within.length, all, sampled) + found;
  return <p class="note screen" role="status" id="brushed">{said}</p>;
}

function isOnAxis({ target }: Event): boolean {
  return (target as Element).closest("[data-axis]") !== null;
}
