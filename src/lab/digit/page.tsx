/// <reference lib="dom" />
import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { centreDigit, shrinkPicture } from "../../data/drawing.ts";
import { type ActivationName, activationOf } from "../../nn/activation.ts";
import {
  pullOfPixels,
  readImage,
  type Reading,
  rivalOf,
  winner,
  worthOfPixels,
  worthProducts,
} from "../../nn/read_image.ts";
import { flag, oneOf, wholeIn } from "../address/fields.ts";
import { labPage, type PageProps } from "../page.ts";
import { Canvas } from "../ui/canvas.tsx";
import { Button, Choice, Toggle } from "../ui/controls.tsx";
import { formatNumber, percent } from "../ui/numbers.ts";
import { Cases, Mistakes, NetworkCard } from "./cards.tsx";
import { chosen, type ReadingNetwork, unpackTrained } from "./network.ts";
import { Pad } from "./pad.ts";
import { Paper } from "./paper.tsx";
import { drawInk, drawMap, drawUnits, greatest, unitGrid } from "./pictures.ts";
import { PENS, strokesField } from "./strokes.ts";
import { type DigitWords, digitWords } from "./words.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const MAX_NUMBER = 9999;

/** How many products may be formed anew while a stroke is drawn: some ten milliseconds. */
const LIVE_PRODUCTS = 8e6;

/** A four that is nearly a nine, as a link has it. */
const EXAMPLE = "m3j1rajalbmdmdneofnfogohohnimkmlknkoipiphqgqgrfqeqdpd.m5a1oguhuguhvgvhvgvgwhvgwgvgw";

const fields = {
  /** What is written. */
  ink: strokesField,
  /** The misread image that lies below it, from 1; 0 is none. */
  put: wholeIn({ least: 0, most: MAX_NUMBER }, 0),
  pen: oneOf(Object.keys(PENS) as (keyof typeof PENS)[], "medium"),
  fit: flag(true),
  show: oneOf(["ink", "worth", "pull", "unit"], "ink"),
  /** The digit that is asked about. */
  for: oneOf(["winner", ...DIGITS], "winner"),
  /** Of the first hidden layer. */
  unit: wholeIn({ least: 0, most: MAX_NUMBER }, 0),
  /** The misread image that is shown, from 1. */
  at: wholeIn({ least: 1, most: MAX_NUMBER }, 1),
};

export const digitPage = labPage({
  name: "digit",
  title: { en: "Draw a digit", ja: "数字を書く" },
  about: {
    en: "Write a digit and see what a trained network takes it for, and why.",
    ja: "数字を書いて、学習済みのネットワークがそれを何と読むか、なぜそう読むかを見ます。",
  },
  fields,
  View: DigitView,
});

type State = PageProps<typeof fields>["state"];

function DigitView({ state, language, data }: PageProps<typeof fields>): JSX.Element {
  const t = digitWords(language);
  const trained = useMemo(() => data.trained && unpackTrained(data.trained), [data]);
  const mistakes = trained?.mistakes ?? [];
  const network = useComputed<ReadingNetwork | null>(() => {
    const own = chosen.value;
    if (own === null) return trained?.network ?? null;
    const { file, layers, activation, scale } = own;
    return { source: file, weights: layers, activation, scale, test_accuracy: null };
  });
  const pad = useMemo(() => new Pad(), []);
  const inked = useSignal(0);
  const writing = useSignal(false);
  useSignalEffect(() => {
    pad.begin(mistakes[state.put.value - 1]?.pixels ?? null);
    for (const stroke of state.ink.value) pad.draw(stroke);
    inked.value = inked.peek() + 1;
  });
  const image = useComputed(() => {
    inked.value;
    return state.fit.value ? centreDigit(pad) : shrinkPicture(pad);
  });
  const empty = useComputed(() => image.value.every((pixel) => pixel === 0));
  const reading = useComputed(() => network.value && readImage(network.value, image.value));

  const clear = () => {
    state.ink.value = [];
    state.put.value = 0;
  };
  const showExample = () => {
    clear();
    state.ink.value = strokesField.read(EXAMPLE) ?? [];
    state.show.value = "worth";
    state.for.value = "winner";
  };
  return (
    <>
      <div class="pass">
        <section class="writes">
          <h2>
            {t.draw}
            {reading.value !== null && !empty.value && (
              <span class="answer" aria-hidden="true">
                {winner(reading.value.logits)}{" "}
                <small>{percent(reading.value.probabilities[winner(reading.value.logits)])}</small>
              </span>
            )}
          </h2>
          <Paper
            pad={pad}
            inked={inked}
            writing={writing}
            pen={state.pen}
            empty={empty}
            onStroke={(stroke) => state.ink.value = [...state.ink.value, stroke]}
            t={t}
          />
          <Choice label={t.pen} value={state.pen} words={t.pens} />
          <div class="row">
            <Button
              disabled={state.ink.value.length === 0}
              onClick={() => state.ink.value = state.ink.value.slice(0, -1)}
            >
              {t.undo}
            </Button>
            <Button disabled={state.ink.value.length === 0 && state.put.value === 0} onClick={clear}>
              {t.clear}
            </Button>
          </div>
          <Toggle label={t.fit} value={state.fit} />
        </section>
        <Sees
          state={state}
          network={network}
          reading={reading}
          image={image}
          empty={empty}
          writing={writing}
          t={t}
        />
        <Layers state={state} network={network} reading={reading} t={t} />
        <Says state={state} reading={reading.value} empty={empty.value} t={t} />
      </div>
      <div class="cards">
        <Mistakes
          network={network.value}
          mistakes={chosen.value === null ? mistakes : []}
          at={state.at}
          onPut={(number) => {
            state.ink.value = [];
            state.put.value = number;
          }}
          t={t}
        />
        <Cases network={network.value} image={image} empty={empty} t={t} />
        <NetworkCard network={network.value} language={language} t={t} />
        <section class="card">
          <h2>{t.tries}</h2>
          <ul>
            <li>
              {t.example}
              <Button onClick={showExample}>{t.showExample}</Button>
            </li>
            {t.tryList.map((text) => <li key={text}>{text}</li>)}
          </ul>
        </section>
      </div>
    </>
  );
}

interface PartProps {
  readonly state: State;
  readonly network: ReadonlySignal<ReadingNetwork | null>;
  readonly reading: ReadonlySignal<Reading | null>;
  readonly t: DigitWords;
}

/** The digit that is asked about, and the one that it is held against. */
function contestOf({ logits }: Reading, asked: State["for"]): { label: number; rival: number } {
  const label = asked.value === "winner" ? winner(logits) : Number(asked.value);
  return { label, rival: rivalOf(logits, label) };
}

/** A unit of the first hidden layer. */
function chosenUnit({ hidden }: Reading, { unit }: State): number {
  return hidden.length === 0 ? 0 : Math.min(unit.value, hidden[0].length - 1);
}

interface SeesProps extends PartProps {
  readonly image: ReadonlySignal<Uint8Array<ArrayBuffer>>;
  readonly empty: ReadonlySignal<boolean>;
  readonly writing: ReadonlySignal<boolean>;
}

/** The 28 x 28 pixels, or a map of what they mean. */
function Sees(props: SeesProps): JSX.Element {
  const { state, reading, image, empty, t } = props;
  const map = useComputed(() => mapOf(props));
  return (
    <section class="sees">
      <h2>{t.sees}</h2>
      <Canvas
        class="image"
        label={t.picture(reading.value === null || empty.value ? null : winner(reading.value.logits))}
        draw={(drawing) =>
          map.value === null ? drawInk(drawing, image.value) : drawMap(drawing, map.value, image.value)}
      />
      <Choice label={t.show} value={state.show} words={t.shows} />
      <p class="note caption">{caption(props, map.value)}</p>
    </section>
  );
}

/** What lies over the image; null where that is nothing. */
function mapOf({ state, network, reading, image, writing }: SeesProps): ArrayLike<number> | null {
  if (network.value === null || reading.value === null) return null;
  switch (state.show.value) {
    case "ink":
      return null;
    case "worth":
      // A large network is asked when the pen is lifted, so that the ink keeps up with it.
      if (writing.value && worthProducts(network.value, image.value) > LIVE_PRODUCTS) return null;
      return worthOfPixels(network.value, image.value, contestOf(reading.value, state.for));
    case "pull":
      return pullOfPixels(network.value, reading.value, contestOf(reading.value, state.for));
    case "unit": {
      if (reading.value.hidden.length === 0) return null;
      const { data, shape: [, N] } = network.value.weights[0];
      const unit = chosenUnit(reading.value, state);
      return Float32Array.from(image.value, (_, k) => data[k * N + unit]);
    }
  }
}

/** What one sees there, in words. */
function caption({ state, reading, t }: SeesProps, map: ArrayLike<number> | null): string {
  if (map === null || reading.value === null) {
    return state.show.value === "unit" && reading.value !== null
      ? t.noLayers
      : state.fit.value
      ? t.inkFit
      : t.inkAsIs;
  }
  const { label, rival } = contestOf(reading.value, state.for);
  const { logits } = reading.value;
  const most = formatNumber(greatest(map));
  if (state.show.value === "unit") return t.unit(chosenUnit(reading.value, state), most);
  if (state.show.value === "pull") return t.pull(label, rival, most);
  return t.worth(label, rival, most, formatNumber(logits[label] - logits[rival]));
}

function Layers({ state, network, reading, t }: PartProps): JSX.Element {
  const activation = network.value?.activation ?? "identity";
  const layers = reading.value?.hidden.map(({ length }) => length) ?? [];
  return (
    <section class="layers">
      <h2>{t.layers}</h2>
      {network.value !== null && layers.length === 0 && <p class="note">{t.noLayers}</p>}
      {layers.map((units, l) => (
        <Layer
          key={`${l} ${units}`}
          layer={l}
          activation={activationOf(activation, l + 1)}
          reading={reading}
          chosen={() =>
            l === 0 && state.show.value === "unit" && reading.value !== null
              ? chosenUnit(reading.value, state)
              : null}
          onChoose={l > 0 ? undefined : (unit) => {
            state.unit.value = unit;
            state.show.value = "unit";
          }}
          t={t}
        />
      ))}
    </section>
  );
}

/** A layer's units; which of them is under the pointer, or chosen, is written below. */
function Layer({ layer, activation, reading, chosen, onChoose, t }: Pick<PartProps, "reading" | "t"> & {
  /** From 0. */
  readonly layer: number;
  readonly activation: ActivationName;
  readonly chosen: () => number | null;
  readonly onChoose: ((unit: number) => void) | undefined;
}): JSX.Element {
  const pointed = useSignal<number | null>(null);
  const values = reading.value?.hidden[layer] ?? new Float32Array();
  const { columns, rows } = unitGrid(values.length);
  const told = pointed.value ?? chosen();
  const unitAt = (event: PointerEvent): number | null => {
    const box = (event.currentTarget as HTMLCanvasElement).getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / box.width * columns);
    const row = Math.floor((event.clientY - box.top) / box.height * rows);
    const unit = row * columns + column;
    return column < 0 || column >= columns || row < 0 || unit >= values.length ? null : unit;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    const unit = (told ?? -1) + moves[event.key];
    const next = Math.max(0, Math.min(values.length - 1, unit));
    if (onChoose === undefined) pointed.value = next;
    else onChoose(next);
  };
  return (
    <div class="layer">
      <h3>{t.layer(layer + 1, values.length, activation)}</h3>
      <Canvas
        class={onChoose === undefined ? "units" : "units picks"}
        role="application"
        tabIndex={0}
        label={t.layerPicture(layer + 1, values.length)}
        ratio={columns / rows}
        draw={(drawing) => {
          const now = reading.value?.hidden[layer] ?? values;
          const most = activation === "tanh" || activation === "sigmoid" ? 1 : greatest(now) || 1;
          drawUnits(drawing, now, { most, chosen: pointed.value ?? chosen() });
        }}
        onPointerMove={(event) => pointed.value = unitAt(event)}
        onPointerLeave={() => pointed.value = null}
        onPointerDown={(event) => {
          const unit = unitAt(event);
          if (unit !== null && event.button === 0) onChoose?.(unit);
        }}
        onKeyDown={onKeyDown}
      />
      <p class="note told" role="status">
        {told === null ? "\u00a0" : t.activation(told, formatNumber(values[told]))}
      </p>
    </div>
  );
}

/** Ten probabilities, each a button that asks about its digit. */
function Says({ state, reading, empty, t }: Pick<PartProps, "state" | "t"> & {
  readonly reading: Reading | null;
  readonly empty: boolean;
}): JSX.Element {
  if (reading === null) return <section class="says" />;
  const { probabilities, logits } = reading;
  const { label, rival } = contestOf(reading, state.for);
  const best = winner(logits);
  return (
    <section class={empty ? "says empty" : "says"}>
      <h2>{t.says}</h2>
      <ol class="bars">
        {Array.from(probabilities, (share, digit) => (
          <li key={digit}>
            <button
              type="button"
              class={digit === best ? "bar best" : "bar"}
              aria-pressed={state.for.value === String(digit)}
              onClick={() => {
                state.for.value = state.for.value === String(digit) ? "winner" : DIGITS[digit];
                if (state.show.value !== "pull") state.show.value = "worth";
              }}
            >
              <b>{digit}</b>
              <span class="track">
                <span style={`width:${(100 * share).toFixed(2)}%`} />
              </span>
              <span class="share">{percent(share)}</span>
              <span class="unseen">{t.ask}</span>
            </button>
          </li>
        ))}
      </ol>
      <p class="note" role="status">
        {empty ? t.blank : t.lead(label, rival, formatNumber(logits[label] - logits[rival]))}
      </p>
      {state.for.value !== "winner" && (
        <Button onClick={() => state.for.value = "winner"}>{t.askWinner}</Button>
      )}
    </section>
  );
}
