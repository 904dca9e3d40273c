import type { JSX } from "preact";
import type { PageState } from "./state.ts";

/** Chooses the trial whose errors, calibration and layers the page shows; every part that shows one has such a choice, and all are the same. */
export function ExaminedTrial({ name, trials, label, state }: {
  name: string;
  /** Best first. */
  trials: readonly { readonly trial: number; readonly label: string }[];
  label: string;
  state: PageState;
}): JSX.Element | null {
  if (trials.length < 2) return null;
  const id = `${name}-trial`;
  const chosen = trials.find(({ trial }) => trial === state.examined.value) ?? trials[0];
  return (
    <div class="controls">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={chosen.trial}
        onChange={(event) => state.examined.value = Number(event.currentTarget.value)}
      >
        {trials.map(({ trial, label }) => (
          <option key={trial} value={trial} selected={trial === chosen.trial}>{label}</option>
        ))}
      </select>
    </div>
  );
}
