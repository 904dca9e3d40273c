/// <reference lib="dom" />
import type { Signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Language } from "../../text/language.ts";
import { labMessages } from "../messages.ts";
import { Button } from "./controls.tsx";

/** What a page that moves is moved by: play and pause, steps, start again. Space plays and pauses where nothing else takes it. */
export function PlayBar({ language, playing, onReset, steps, children }: {
  readonly language: Language;
  readonly playing: Signal<boolean>;
  readonly onReset: () => void;
  /** Kinds of steps, each with what it is called. */
  readonly steps: readonly { readonly label: string; readonly onStep: () => void }[];
  /** The speed, and what else belongs here. */
  readonly children?: ComponentChildren;
}): JSX.Element {
  const t = labMessages(language);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A click on what is only read gives the focus to <main>, which takes it for the link that skips to it.
      if (event.key !== " " || !(event.target as Element).matches("body, main")) return;
      event.preventDefault();
      playing.value = !playing.value;
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return (
    <div class="play">
      <Button main onClick={() => playing.value = !playing.value}>
        <span aria-hidden="true">{playing.value ? "❚❚" : "▶"}</span> {playing.value ? t.pause : t.play}
      </Button>
      {steps.map(({ label, onStep }) => (
        <Button
          key={label}
          onClick={() => {
            playing.value = false;
            onStep();
          }}
        >
          {label}
        </Button>
      ))}
      <Button onClick={onReset}>{t.reset}</Button>
      {children}
    </div>
  );
}

/** Calls `step` as often a second as `rate` says while `playing`; at most as often a frame as fits into `budget` milliseconds. */
export function usePlaying(
  playing: Signal<boolean>,
  { rate, step, budget = 10 }: { rate: () => number; step: () => void; budget?: number },
): void {
  useEffect(() => {
    let frame = 0;
    let last = performance.now();
    let owed = 0;
    const onFrame = (now: number) => {
      frame = requestAnimationFrame(onFrame);
      if (!playing.peek()) {
        last = now;
        owed = 0;
        return;
      }
      owed += rate() * (now - last) / 1000;
      last = now;
      const until = performance.now() + budget;
      while (owed >= 1 && playing.peek() && performance.now() < until) {
        step();
        owed--;
      }
      owed = Math.min(owed, 1); // what a slow frame could not do is left out, rather than owed for ever
    };
    frame = requestAnimationFrame(onFrame);
    return () => cancelAnimationFrame(frame);
  }, []);
}
