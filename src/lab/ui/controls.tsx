/// <reference lib="dom" />
// What a page's settings are chosen with: each shows a signal and sets it.

import type { Signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

interface Labelled {
  readonly label: string;
}

/** A few words of which one is chosen: buttons in a row, arrows by keyboard. */
export function Choice<Word extends string>({ label, value, words }: Labelled & {
  readonly value: Signal<Word>;
  /** Each with what it is called. */
  readonly words: Readonly<Record<Word, string>>;
}): JSX.Element {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {(Object.entries(words) as [Word, string][]).map(([word, text]) => (
        <label key={word}>
          <input
            type="radio"
            name={name}
            checked={value.value === word}
            onChange={() => value.value = word}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** One of many words. */
export function Select<Word extends string>({ label, value, words }: Labelled & {
  readonly value: Signal<Word>;
  readonly words: Readonly<Record<Word, string>>;
}): JSX.Element {
  return (
    <label class="select">
      <span>{label}</span>
      <select value={value.value} onChange={({ currentTarget }) => value.value = currentTarget.value as Word}>
        {(Object.entries(words) as [Word, string][]).map(([word, text]) => (
          <option key={word} value={word}>{text}</option>
        ))}
      </select>
    </label>
  );
}

/** A number on a track. With `stops` it moves over these, in their order; otherwise from `least` to `most` by `step`. */
export function Slider({ label, value, show = String, ...range }:
  & Labelled
  & {
    readonly value: Signal<number>;
    /** How it is written. */
    readonly show?: (value: number) => string;
  }
  & ({ readonly stops: readonly number[] } | {
    readonly least: number;
    readonly most: number;
    readonly step: number;
  })): JSX.Element {
  const stops = "stops" in range ? range.stops : undefined;
  const track = "stops" in range
    ? { min: 0, max: range.stops.length - 1, step: 1, value: nearest(range.stops, value.value) }
    : { min: range.least, max: range.most, step: range.step, value: value.value };
  return (
    <label class="slider">
      <span>{label}</span>
      <output>{show(value.value)}</output>
      <input
        type="range"
        {...track}
        aria-valuetext={show(value.value)}
        onInput={({ currentTarget: { valueAsNumber } }) =>
          value.value = stops === undefined ? valueAsNumber : stops[valueAsNumber]}
      />
    </label>
  );
}

/** The place of the stop that is nearest: a link may say a number between them. */
function nearest(stops: readonly number[], value: number): number {
  const distances = stops.map((stop) => Math.abs(stop - value));
  return distances.indexOf(Math.min(...distances));
}

export function Toggle({ label, value }: Labelled & { readonly value: Signal<boolean> }): JSX.Element {
  return (
    <label class="toggle">
      <input
        type="checkbox"
        checked={value.value}
        onChange={({ currentTarget }) => value.value = currentTarget.checked}
      />
      <span>{label}</span>
    </label>
  );
}

export function Button({ children, onClick, main = false, disabled = false }: {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  /** Whether it is what one would do first. */
  readonly main?: boolean;
  readonly disabled?: boolean;
}): JSX.Element {
  return (
    <button type="button" class={main ? "button main" : "button"} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  );
}

/** Controls that belong together, under a heading. */
export function Panel({ title, children, open = true }: {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Whether it is unfolded at first. */
  readonly open?: boolean;
}): JSX.Element {
  return (
    <details class="panel" open={open}>
      <summary>{title}</summary>
      <div class="contents">{children}</div>
    </details>
  );
}
