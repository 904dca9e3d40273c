import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Axis, type Domain, including, shareOf, within, zoomed } from "./axis.ts";
import { nearest } from "./trace.ts";

/** What the charts of a group share: where their cursor stands, what is pointed at, and which part of x they show. */
export interface LineState {
  /** A place along x, one of the stops; null while there is none. */
  readonly cursor: Signal<number | null>;
  /** The trial that is pointed at. */
  readonly pointed: Signal<number | null>;
  /** As it is shown. */
  readonly x: ReadonlySignal<Axis>;
  readonly isZoomed: ReadonlySignal<boolean>;
  readonly stops: ReadonlySignal<readonly number[]>;
  /** Puts the cursor at the stop nearest to a share of the axis that is shown. */
  pointTo(share: number): void;
  /** Puts the cursor on a stop, counted from where it is or from the last one, and shows it. */
  step(by: number): void;
  /** Shows a part of x; more than all is all. */
  show(domain: Domain): void;
  /** Zooms by a factor, below 1 inwards, about a share of the axis; else about the cursor, or the middle. */
  zoom(factor: number, about?: number): void;
  showAll(): void;
}

/**
 * The shared state of charts over one x.
 * @param options.whole x where nothing is zoomed
 * @param options.stops where the cursor can stand, ascending
 * @param options.chosen keeps which part of x is shown; null for all
 */
export function openLines({ whole, stops, chosen }: {
  whole: () => Axis;
  stops: () => readonly number[];
  chosen: { value: Domain | null };
}): LineState {
  const cursor = signal<number | null>(null);
  const all = computed(whole);
  const places = computed(stops);
  const shown = computed(() => chosen.value && within(all.value, chosen.value));
  const x = computed((): Axis => ({ type: all.value.type, domain: shown.value ?? all.value.domain }));
  const show = (domain: Domain) => chosen.value = within(all.value, domain);
  return {
    cursor,
    pointed: signal<number | null>(null),
    x,
    isZoomed: computed(() => shown.value !== null),
    stops: places,
    show,
    showAll: () => chosen.value = null,
    pointTo(share) {
      const [low, high] = x.value.domain;
      const visible = places.value.filter((stop) => low <= stop && stop <= high);
      const i = nearest(visible.map((stop) => shareOf(x.value, stop)), share);
      cursor.value = visible[i] ?? null;
    },
    step(by) {
      const { length } = places.value;
      if (length === 0) return;
      // From no place at all any step leads to the last one, where most is known; to the first only the way to the start.
      const at = cursor.value === null ? by < 0 ? length : length - 1 : nearest(places.value, cursor.value);
      const stop = places.value[Math.min(length - 1, Math.max(0, at + by))];
      batch(() => {
        cursor.value = stop;
        if (shown.value !== null) show(including(x.value, stop));
      });
    },
    zoom(factor, about) {
      const at = about ?? (cursor.value === null ? 0.5 : shareOf(x.value, cursor.value));
      show(zoomed(x.value, factor, 0 <= at && at <= 1 ? at : 0.5));
    },
  };
}
