/// <reference lib="dom" />
import { batch, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Button } from "../ui/controls.tsx";
import { checkGradients } from "./compute/gradient_check.ts";
import { mistakeIn, type MistakeName, MISTAKES } from "./compute/mistakes.ts";
import { linesOf } from "./compute/numpy_program.ts";
import { walk } from "./compute/walk.ts";
import { type GraphModel, isAlike } from "./model.ts";
import { tensorName } from "./names.ts";
import type { GraphWords } from "./words.ts";

/** The mistakes, one of which can be made, or looked for; those that these sizes do not let pass say what they need. */
export function MistakesView({ model, words }: { model: GraphModel; words: GraphWords }): JSX.Element {
  const { state, mistake, isHidden, operations, net } = model;
  /** What was last taken for the hidden one, and what is said to that. */
  const guess = useSignal<MistakeName | null>(null);
  const answer = useSignal("");
  const reveal = (name: MistakeName, says: string) =>
    batch(() => {
      state.riddle.value = 0;
      state.mistake.value = name;
      guess.value = null;
      answer.value = says;
    });
  const take = (name: MistakeName | "none") => {
    const hidden = mistake.peek();
    answer.value = "";
    if (!isHidden.peek() || hidden === undefined) state.mistake.value = name;
    else if (name !== "none") {
      if (isAlike(model.shown.peek(), walk(net.peek(), mistakeIn(operations.peek(), net.peek(), name)))) {
        reveal(hidden.name, words.solved);
      } else {
        guess.value = name;
        answer.value = unlike(name, model, words);
      }
    }
  };
  const hide = () =>
    batch(() => {
      // Only which riddle comes is up to chance: each says what it hides.
      state.riddle.value = 1 + Math.floor(9999 * Math.random());
      state.mistake.value = "none";
      guess.value = null;
      answer.value = "";
      model.goTo(model.steps.peek().length);
    });
  return (
    <section class="mistakes">
      <fieldset>
        <legend>{words.mistakes}</legend>
        {(["none", ...MISTAKES] as const).map((name) => {
          const needs = name === "none" || mistakeIn(operations.value, net.value, name)
            ? ""
            : words.needs[name];
          return (
            <label key={name} class={needs === "" ? "" : "impossible"}>
              <input
                type="radio"
                name="mistake"
                value={name}
                checked={(isHidden.value ? guess.value : state.mistake.value) === name}
                disabled={needs !== "" || (isHidden.value && name === "none")}
                onChange={() => take(name)}
              />
              <span>
                {name === "none" ? words.none : words.mistakeNames[name]}
                {needs !== "" && <small>{needs}</small>}
              </span>
            </label>
          );
        })}
      </fieldset>
      <p class="riddle">
        <Button onClick={hide}>{words.hide}</Button>
        {isHidden.value && (
          <Button onClick={() => mistake.value && reveal(mistake.value.name, "")}>{words.giveUp}</Button>
        )}
      </p>
      <div class="made" aria-live="polite">
        {answer.value !== "" && <p class="answer">{answer.value}</p>}
        {isHidden.value ? <p>{words.riddle}</p> : <Made model={model} words={words} />}
      </div>
    </section>
  );
}

/** What the mistake does, and its line beside the right one. */
function Made({ model, words }: { model: GraphModel; words: GraphWords }): JSX.Element | null {
  const { state, mistake, places, net, isHarmless } = model;
  if (state.mistake.value === "none") return null;
  if (mistake.value === undefined) return <p>{words.notHere}</p>;
  const lines = linesOf(mistake.value.name, places.value.at(-1)?.layer ?? 1, net.value.activation);
  return (
    <>
      <p>
        {isHarmless.value ? words.harmless : words.says[mistake.value.name] + words.space + words.marked}
      </p>
      <div class="code">
        <code class="wrong-line">✗ {lines.wrong}</code>
        <code>✓ {lines.right}</code>
      </div>
    </>
  );
}

/** Why the hidden mistake is not the one of a name: what that would reach. */
function unlike(name: MistakeName, { net, operations, shown }: GraphModel, words: GraphWords): string {
  const reached = (by: Parameters<typeof checkGradients>[1]) => {
    const wrong = checkGradients(net.peek(), by).filter(({ verdict }) => verdict !== "right");
    return wrong.map(({ name }) => tensorName(name)).join(words.comma) || words.nothing;
  };
  const would = reached(walk(net.peek(), mistakeIn(operations.peek(), net.peek(), name)));
  const here = reached(shown.peek());
  const called = words.mistakeNames[name];
  return would === here ? words.sameReach(called, here) : words.notThis(called, would, here);
}
