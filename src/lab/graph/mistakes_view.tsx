/// <reference lib="dom" />
import type { JSX } from "preact";
import { MISTAKES } from "./compute/mistakes.ts";
import { linesOf } from "./compute/numpy_program.ts";
import { canBeMade, type GraphModel } from "./model.ts";
import type { GraphWords } from "./words.ts";

/** The mistakes, one of which can be made; those that these sizes do not let pass say what they need. */
export function MistakesView({ model, words }: { model: GraphModel; words: GraphWords }): JSX.Element {
  const { state, mistake, places, net } = model;
  const lines = mistake.value &&
    linesOf(mistake.value.name, places.value.at(-1)?.layer ?? 1, net.value.activation);
  return (
    <section class="mistakes">
      <fieldset>
        <legend>{words.mistakes}</legend>
        {(["none", ...MISTAKES] as const).map((name) => {
          const possible = name === "none" || canBeMade(name, model);
          return (
            <label key={name} class={possible ? "" : "impossible"}>
              <input
                type="radio"
                name="mistake"
                value={name}
                checked={state.mistake.value === name}
                disabled={!possible}
                onChange={() => state.mistake.value = name}
              />
              <span>
                {name === "none" ? words.none : words.mistakeNames[name]}
                {!possible && <small>{words.needs[name as keyof typeof words.needs]}</small>}
              </span>
            </label>
          );
        })}
      </fieldset>
      {state.mistake.value !== "none" && (
        <div class="made" aria-live="polite">
          {mistake.value === undefined || lines === undefined ? <p>{words.notHere}</p> : (
            <>
              <p>{words.says[mistake.value.name] + words.space + words.marked}</p>
              <div class="code">
                <code class="wrong-line">✗ {lines.wrong}</code>
                <code>✓ {lines.right}</code>
              </div>
            </>
          )}
        </div>
      )}
    </section>
  );
}
