/// <reference lib="dom" />
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Colours, THEMES } from "../../report/charts/palette.ts";

const scheme = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
const dark = signal(scheme?.matches ?? false);
scheme?.addEventListener("change", ({ matches }) => dark.value = matches);

/** While the page is printed: paper is white. */
const paper = signal(false);
globalThis.addEventListener?.("beforeprint", () => paper.value = true);
globalThis.addEventListener?.("afterprint", () => paper.value = false);

/** The colours of the reader's ground, for what is drawn on a canvas; elsewhere they are CSS variables of the same names. */
export const colours: ReadonlySignal<Colours> = computed(() =>
  THEMES[dark.value && !paper.value ? "dark" : "light"]
);

/** The name of the colour of a class, 0 to 5. */
export function classColour(label: number): string {
  return `c${label % 6}`;
}

/** A colour `#rrggbb` as red, green and blue, 0 to 255. */
export function rgb(colour: string): readonly [number, number, number] {
  const value = parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
