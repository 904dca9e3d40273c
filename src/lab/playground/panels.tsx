/// <reference lib="dom" />
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { COURSE_ACTIVATIONS, type CourseActivation } from "../../nn/activation.ts";
import { OPTIMIZER_NAMES } from "../../nn/optimizers/optimizers.ts";
import type { PageProps } from "../page.ts";
import { Button, Choice, Select, Slider } from "../ui/controls.tsx";
import { formatNumber } from "../ui/numbers.ts";
import { byLayer } from "./experiment.ts";
import { ShapeChoice } from "./shape_choice.tsx";
import type { PlaygroundFields } from "./state.ts";
import type { PlaygroundWords } from "./words.ts";

interface PanelProps {
  readonly state: PageProps<PlaygroundFields>["state"];
  readonly t: PlaygroundWords;
}

/** What a click on the plane does to your own points. */
export type Tool = "zero" | "one" | "erase";

const percent = (share: number) => `${Math.round(100 * share)}%`;

export function DataPanel({ state, t, tool, onEdit }: PanelProps & {
  readonly tool: Signal<Tool>;
  /** Takes the points that are there as your own. */
  readonly onEdit: () => void;
}): JSX.Element {
  const { data, points, count, noise, dataseed, validation, units } = state;
  const drawn = data.value !== "own" && data.value !== "strokes";
  return (
    <section class="controls data">
      <h2>{t.data}</h2>
      <ShapeChoice data={data} t={t} />
      {drawn && (
        <>
          <Slider label={t.count} value={count} stops={[20, 50, 100, 200, 300, 500, 1000]} />
          <Slider label={t.noise} value={noise} least={0} most={0.5} step={0.02} />
          <Slider label={t.dataSeed} value={dataseed} least={0} most={30} step={1} />
          <Button onClick={onEdit}>{t.edit}</Button>
        </>
      )}
      {data.value === "own" && (
        <>
          <Choice label={t.tool} value={tool} words={t.tools} />
          <Button disabled={points.value.length === 0} onClick={() => points.value = []}>{t.clear}</Button>
        </>
      )}
      {data.value === "strokes" && (
        <Slider
          label={t.units}
          value={units}
          stops={[0, 10, 25, 50, 100, 200]}
          show={(value) => value === 0 ? t.noUnits : String(value)}
        />
      )}
      <Slider label={t.validation} value={validation} stops={[0, 0.1, 0.2, 0.3, 0.5]} show={percent} />
    </section>
  );
}

export function LearningPanel({ state, t }: PanelProps): JSX.Element {
  const { data, hidden, activation, init, sigma, bias, rate, batch, optimizer, epochs, seed } = state;
  return (
    <section class="learning" aria-label={t.learning}>
      <Slider
        label={t.rate}
        value={rate}
        stops={[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]}
      />
      <BatchSelect batch={batch} t={t} />
      <Select label={t.optimizer} value={optimizer} words={same(OPTIMIZER_NAMES)} />
      <ActivationSelect
        activation={activation}
        layers={data.value === "strokes" ? 1 : hidden.value.length}
        t={t}
      />
      <Select label={t.init} value={init} words={t.methods} />
      {init.value === "gaussian" && (
        <Slider
          label={t.sigma}
          value={sigma}
          stops={[0.001, 0.01, 0.03, 0.1, 0.3, 0.5, 1, 3, 10]}
          show={(value) => formatNumber(value)}
        />
      )}
      <Select label={t.bias} value={bias} words={t.biases} />
      <Slider label={t.seed} value={seed} least={0} most={30} step={1} />
      <Slider label={t.epochs} value={epochs} stops={[10, 20, 50, 100, 200, 500, 1000, 5000]} />
    </section>
  );
}

/** The activation of all hidden layers; where there are several, also that each has its own, chosen in the network's picture. */
function ActivationSelect({ activation, layers, t }: {
  readonly activation: Signal<readonly CourseActivation[]>;
  readonly layers: number;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const [first, ...others] = activation.value;
  return (
    <label class="select">
      <span>{t.activation}</span>
      <select
        value={layers > 1 && others.length > 0 ? "" : first}
        onChange={({ currentTarget: { value } }) => {
          const name = COURSE_ACTIVATIONS.find((name) => name === value);
          activation.value = name === undefined ? byLayer(activation.value, layers) : [name];
        }}
      >
        {COURSE_ACTIVATIONS.map((name) => <option key={name} value={name}>{name}</option>)}
        {layers > 1 && <option value="">{t.byLayer}</option>}
      </select>
    </label>
  );
}

/** Words that are called as they are. */
function same<Word extends string>(words: readonly Word[]): Record<Word, string> {
  const pairs = words.map((word): [string, string] => [word, word]);
  return Object.fromEntries(pairs) as Record<Word, string>;
}

const BATCHES: readonly (number | "full")[] = [1, 5, 10, 20, 50, 100, "full"];

/** Rows of a batch; what a link says besides is there too. */
function BatchSelect(
  { batch, t }: { readonly batch: Signal<number | "full">; readonly t: PlaygroundWords },
): JSX.Element {
  const sizes = BATCHES.includes(batch.value) ? BATCHES : [batch.value, ...BATCHES];
  return (
    <label class="select">
      <span>{t.batch}</span>
      <select
        value={String(batch.value)}
        onChange={({ currentTarget: { value } }) => batch.value = value === "full" ? value : Number(value)}
      >
        {sizes.map((size) => (
          <option key={size} value={String(size)}>
            {size === 1 ? t.online : size === "full" ? t.full : size}
          </option>
        ))}
      </select>
    </label>
  );
}
