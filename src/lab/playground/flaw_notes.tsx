/// <reference lib="dom" />
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { type Flaw, SPAN } from "./flaws.ts";
import type { Shown } from "./training.ts";
import type { PlaygroundWords } from "./words.ts";

/** What keeps the network from learning, by its name, and by which rules it is found. */
export function FlawNotes({ shown, t }: {
  readonly shown: Signal<Shown | null>;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const { flaws = [], epoch = 0 } = shown.value?.frame ?? {};
  return (
    <section class="flaws">
      <h2>{t.flaws.title}</h2>
      <div role="status" class={flaws.length > 0 ? "found" : "none"}>
        {flaws.length === 0 ? <p>{noneFound(epoch, t)}</p> : flaws.map((flaw) => {
          const text = nameFlaw(flaw, t);
          return <p key={text}>{text}</p>;
        })}
      </div>
      <details>
        <summary>{t.flaws.rules}</summary>
        <ul class="note">
          <li>{t.flaws.rulePlateau}</li>
          <li>{t.flaws.ruleSaturated}</li>
          <li>{t.flaws.ruleDead}</li>
          <li>{t.flaws.ruleInseparable}</li>
        </ul>
      </details>
    </section>
  );
}

/** Whether the loss stands still shows after some epochs only. */
export function noneFound(epoch: number, { flaws }: PlaygroundWords): string {
  return epoch < SPAN ? flaws.early(SPAN) : flaws.none;
}

export function nameFlaw(flaw: Flaw, { flaws }: PlaygroundWords): string {
  switch (flaw.kind) {
    case "diverged":
      return flaws.diverged;
    case "inseparable":
      return flaws.inseparable(flaw.hidden, flaw.advice.map((advice) => flaws.advice[advice]));
    case "plateau":
      return flaws.plateau(flaw.small, flaw.advice.map((advice) => flaws.advice[advice]));
    case "saturated":
      return flaws.saturated(flaw, flaw.advice.map((advice) => flaws.advice[advice]));
    case "dead":
      return flaws.dead(flaw, {
        born: flaw.advice.born.map((advice) => flaws.advice[advice]),
        later: flaw.advice.later.map((advice) => flaws.advice[advice]),
      });
  }
}
