import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Colours } from "../charts/palette.ts";
import type { Speeds } from "./curves/units.ts";
import type { PageData } from "./page_data.ts";

/** What parts of the page share: which trials are drawn in colour, and the colours. */
export interface PageState {
  /** A trial a colour; null where a colour is free. */
  readonly slots: ReadonlySignal<readonly (number | null)[]>;
  /** True after a trial could not be drawn, as every colour is taken. */
  readonly full: ReadonlySignal<boolean>;
  readonly colours: Signal<Colours>;
  /** How fast trainings went, by trial; known once the page is alive: see SPEEDS_SLOT. */
  readonly speeds: Signal<Speeds>;
  /** The trial whose errors and layers are shown; null is the best, as is one that a part has nothing of. */
  readonly examined: Signal<number | null>;
  /** Draws a trial in a colour of its own, or no longer. */
  toggle(trial: number): void;
  /** Draws these trials, as many as there are colours, and no others. */
  draw(trials: readonly number[]): void;
  /** Draws these instead of `former` ones, unless the reader has chosen others; those that stay keep their colours. */
  follow(trials: readonly number[], former: readonly number[]): void;
}

/** The page's state as it is when it opens. */
export function openState({ colours, ticked, themes }: PageData): PageState {
  const slots = signal<readonly (number | null)[]>(
    Array.from({ length: colours }, (_, i) => ticked[i] ?? null),
  );
  const full = signal(false);
  return {
    slots,
    full,
    colours: signal(themes.light),
    speeds: signal<Speeds>(null),
    examined: signal(null),
    toggle(trial) {
      const drawn = slots.value.includes(trial);
      const place = slots.value.indexOf(drawn ? trial : null);
      batch(() => {
        full.value = place < 0;
        if (place >= 0) slots.value = slots.value.with(place, drawn ? null : trial);
      });
    },
    draw(trials) {
      batch(() => {
        full.value = false;
        slots.value = slots.value.map((_, i) => trials[i] ?? null);
      });
    },
    follow(trials, former) {
      const drawn = slots.value.filter((trial) => trial !== null);
      if (drawn.length !== former.length || drawn.some((trial) => !former.includes(trial))) return;
      const fresh = trials.filter((trial) => !drawn.includes(trial));
      const next = slots.value.map((trial) =>
        trial !== null && trials.includes(trial) ? trial : fresh.shift() ?? null
      );
      if (next.some((trial, i) => trial !== slots.value[i])) slots.value = next;
    },
  };
}

/** The trials that are drawn in colour, by the place of their colour; what was ticked first is last, to be drawn on top. */
export function drawnTrials({ slots }: PageState): { trial: number; slot: number }[] {
  return slots.value.flatMap((trial, slot) => trial === null ? [] : [{ trial, slot }]).reverse();
}

/** The colour of a slot, as charts name it. */
export function slotColour(slot: number): string {
  return `token:c${slot}`;
}
