/// <reference lib="dom" />
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { labPage, type PageProps } from "../page.ts";
import { Button, Choice, Slider } from "../ui/controls.tsx";
import { Formula } from "../ui/formula.tsx";
import { Comparison } from "./comparison.tsx";
import { Curve } from "./curve.tsx";
import { slopeOf } from "../../nn/activation.ts";
import { valueOf } from "./curves.ts";
import { findingsOf } from "./finding.ts";
import { type Followed, useFollowed } from "./following.ts";
import { Layers } from "./layers.tsx";
import { FIELDS } from "./state.ts";
import { type StartWords, startWords } from "./words.ts";

const SIGMAS = [0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2];
const WIDTHS = [10, 20, 50, 100, 200, 300, 500];

type State = PageProps<typeof FIELDS>["state"];

function View({ state, language }: PageProps<typeof FIELDS>): JSX.Element {
  const t = startWords(language);
  const followed = useFollowed(state);
  const { method, seed } = state;
  const findings = followed.value === null
    ? []
    : findingsOf(followed.value.options.activation, followed.value.layers);
  return (
    <>
      <div class="bench">
        <div class="left">
          <div class="controls">
            <Choice label={t.activation} value={state.activation} words={t.activations} />
            <Tangent state={state} followed={followed} t={t} />
            <Choice label={t.start} value={method} words={t.methods} />
            <div class="sigma">
              {method.value === "gaussian"
                ? <Slider label={t.sigma} value={state.sigma} stops={SIGMAS} />
                : <p>{t.sigmaBy[method.value]}</p>}
            </div>
            <Slider label={t.depth} value={state.depth} least={1} most={10} step={1} />
            <Slider label={t.width} value={state.width} stops={WIDTHS} />
            <div class="row">
              <Button onClick={() => seed.value = (seed.value + 1) % 2 ** 32}>{t.draw}</Button>
              <span>{t.seed(seed.value)}</span>
            </div>
          </div>
          <div class="tries">
            <h2>{t.try}</h2>
            <ul>{t.tries.map((text) => <li key={text}>{text}</li>)}</ul>
          </div>
        </div>
        <div class="flow">
          <div class="findings" role="status">
            {findings.map((finding) => (
              <p key={finding.kind} class={finding.kind === "steady" ? "good" : "bad"}>
                {t.found(finding)}
              </p>
            ))}
          </div>
          <Layers followed={followed} layer={state.layer} t={t} />
          <Comparison followed={followed} method={method} t={t} />
        </div>
      </div>
      <section class="why">
        <h2>{t.why}</h2>
        <p class="formulas">
          <Formula name="sum_size" />
          <Formula name="xavier" />
          <Formula name="he" />
        </p>
        <div>{t.because.map((text) => <p key={text}>{text}</p>)}</div>
        <p class="note">{t.made}</p>
      </section>
    </>
  );
}

/** The curve with the place that is looked at, and its numbers. */
function Tangent({ state: { activation, x, layer }, followed, t }: {
  readonly state: State;
  readonly followed: ReadonlySignal<Followed | null>;
  readonly t: StartWords;
}): JSX.Element {
  const sums = () => followed.value?.layers[Math.min(layer.value, followed.value.layers.length) - 1]?.sums;
  const value = valueOf(activation.value, x.value);
  return (
    <div class="tangent">
      <Curve activation={activation} x={x} sums={sums} label={t.curve(t.activations[activation.value])} />
      <Slider label="x" value={x} least={-5} most={5} step={0.1} show={(x) => fixed(x, 1)} />
      <p class="values" translate={false}>
        <span class="value">
          f (x) = <b>{fixed(value)}</b>
        </span>{" "}
        <span class="slope">
          f ′(x) = <b>{fixed(slopeOf(activation.value, value))}</b>
        </span>
      </p>
      <p class="note">{t.under(Math.min(layer.value, followed.value?.layers.length ?? layer.value))}</p>
    </div>
  );
}

function fixed(value: number, decimals = 4): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

export const startPage = labPage({
  name: "start",
  title: { en: "Activations and the start", ja: "活性化関数と初期値" },
  about: {
    en: "What activation functions and initial weights do to the values of each layer.",
    ja: "活性化関数と重みの初期値が、各層を流れる値をどう変えるかを見ます。",
  },
  fields: FIELDS,
  View,
});
