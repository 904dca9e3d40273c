/// <reference lib="dom" />
// What stands below: misread images, test cases, and the network that reads.

import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type ActivationName, activationOf, ACTIVATIONS } from "../../nn/activation.ts";
import { readImage, winner } from "../../nn/read_image.ts";
import type { Language } from "../../text/language.ts";
import { Canvas } from "../ui/canvas.tsx";
import { Button, Select } from "../ui/controls.tsx";
import { cases, chosen, type ReadingNetwork, sizesOf } from "./network.ts";
import { type Mistake, writeCases } from "./digit_cases.ts";
import { NetworkFileError, readLayers } from "./network_file.ts";
import { drawInk } from "./pictures.ts";
import { percent } from "../ui/numbers.ts";
import type { DigitWords } from "./words.ts";

/** Far more than the weights of any network that a page could run. */
const MAX_FILE = 100e6;

interface CardProps {
  readonly network: ReadingNetwork | null;
  readonly t: DigitWords;
}

export function Mistakes({ network, mistakes, at, onPut, t }: CardProps & {
  readonly mistakes: readonly Mistake[];
  /** Which is shown, from 1. */
  readonly at: Signal<number>;
  readonly onPut: (number: number) => void;
}): JSX.Element {
  const number = Math.min(at.value, mistakes.length);
  const mistake = mistakes[number - 1];
  if (mistake === undefined || network === null) {
    return (
      <section class="card">
        <h2>{t.mistakes}</h2>
        <p class="note">{t.noMistakes}</p>
      </section>
    );
  }
  const { probabilities } = readImage(network, mistake.pixels);
  const digit = winner(probabilities);
  const step = (by: number) => at.value = (number - 1 + by + mistakes.length) % mistakes.length + 1;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    step(event.key === "ArrowLeft" ? -1 : 1);
  };
  return (
    <section class="card mistakes" onKeyDown={onKeyDown}>
      <h2>{t.mistakes}</h2>
      <div class="mistake">
        <Canvas
          class="image"
          label={t.mistakePicture(mistake.label, digit)}
          draw={(drawing) => drawInk(drawing, mistakes[Math.min(at.value, mistakes.length) - 1].pixels)}
        />
        <div>
          <p role="status">{t.isLabel(mistake.label, digit, percent(probabilities[digit]))}</p>
          <ol class="columns" aria-hidden="true">
            {Array.from(
              probabilities,
              (share, c) => (
                <li key={c} class={c === mistake.label ? "label" : c === digit ? "digit" : ""}>
                  <span style={`height:${(100 * share).toFixed(2)}%`} />
                  {c}
                </li>
              ),
            )}
          </ol>
        </div>
      </div>
      <p class="note">{t.mistakeOf(number, mistakes.length, mistake.index)}</p>
      <div class="row">
        <Button onClick={() => step(-1)}>{t.previous}</Button>
        <Button onClick={() => step(1)}>{t.next}</Button>
        <Button main onClick={() => onPut(number)}>{t.put}</Button>
      </div>
    </section>
  );
}

export function Cases({ network, image, empty, t }: CardProps & {
  readonly image: ReadonlySignal<Uint8Array<ArrayBuffer>>;
  readonly empty: ReadonlySignal<boolean>;
}): JSX.Element {
  const read = cases.value.map(({ pixels }) =>
    network === null ? null : winner(readImage(network, pixels).logits)
  );
  const right = cases.value.filter(({ label }, i) => read[i] === label).length;
  return (
    <section class="card cases">
      <h2>{t.cases}</h2>
      <p class="note">{t.askLabel}</p>
      <div class="row digits">
        {Array.from({ length: 10 }, (_, label) => (
          <button
            key={label}
            type="button"
            class="button"
            aria-label={t.keep(label)}
            disabled={empty.value}
            onClick={() => cases.value = [...cases.value, { pixels: image.value.slice(), label }]}
          >
            {label}
          </button>
        ))}
      </div>
      <ul class="kept">
        {cases.value.map(({ pixels, label }, i) => (
          <li key={`${i} of ${cases.value.length}`}>
            <button
              type="button"
              class={read[i] === label ? "right" : "wrong"}
              title={t.remove(label, read[i])}
              onClick={() => cases.value = cases.value.filter((_, k) => k !== i)}
            >
              <Canvas label="" draw={(drawing) => drawInk(drawing, pixels)} />
              <span aria-hidden="true">
                {label} {read[i] === null ? "" : read[i] === label ? "✓" : `→ ${read[i]}`}
              </span>
              <span class="unseen">{t.remove(label, read[i])}</span>
            </button>
          </li>
        ))}
      </ul>
      {cases.value.length > 0 && (
        <>
          {network !== null && <p role="status">{t.score(right, cases.value.length)}</p>}
          <div class="row">
            <Button onClick={() => save(writeCases(cases.value), "drawing.npz")}>{t.save}</Button>
            <span class="note">{t.saved}</span>
          </div>
        </>
      )}
    </section>
  );
}

function save(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function NetworkCard(
  { network, language, t }: CardProps & { readonly language: Language },
): JSX.Element {
  const refused = useSignal<{ file: string; texts: NetworkFileError["texts"] } | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      const layers = readLayers(await bytesOf(file));
      const { activation = "tanh", scale = 255 } = chosen.peek() ?? {};
      chosen.value = { file: file.name, layers, activation, scale };
      refused.value = null;
    } catch (error) {
      if (!(error instanceof NetworkFileError)) throw error;
      refused.value = { file: file.name, texts: error.texts };
    }
  };
  useEffect(() => {
    const onDragOver = (event: DragEvent) => event.preventDefault();
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      take(event.dataTransfer?.files[0]);
    };
    addEventListener("dragover", onDragOver);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onDragOver);
      removeEventListener("drop", onDrop);
    };
  }, []);
  return (
    <section class="card network">
      <h2>{t.network}</h2>
      {network === null ? <p>{t.none}</p> : (
        <p>
          <b>{network.source}</b>
          <br />
          {t.sizes(sizesOf(network).join("-"), activationNames(network).join(t.comma))}
          {network.test_accuracy !== null && (
            <>
              <br />
              {t.accuracy(`${(100 * network.test_accuracy).toFixed(2)}%`)}
            </>
          )}
        </p>
      )}
      {chosen.value !== null && <Unsaid t={t} />}
      {refused.value !== null && (
        <p class="bad" role="alert">{t.cannot(refused.value.file, refused.value.texts[language])}</p>
      )}
      <div class="row">
        <label class="button file">
          <input
            type="file"
            accept=".npz"
            onChange={({ currentTarget }) => {
              take(currentTarget.files?.[0]);
              currentTarget.value = "";
            }}
          />
          <span>{t.choose}</span>
        </label>
        {chosen.value !== null && <Button onClick={() => chosen.value = null}>{t.back}</Button>}
      </div>
      <p class="note">{t.drop}</p>
    </section>
  );
}

/** The file may have gone meanwhile, or be a folder. */
async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MAX_FILE) {
    throw new NetworkFileError({
      en: `it must have at most ${MAX_FILE / 1e6} MB, found ${Math.ceil(file.size / 1e6)} MB`,
      ja: `大きさは ${MAX_FILE / 1e6} MB まででなければなりません（${
        Math.ceil(file.size / 1e6)
      } MB あります）`,
    });
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new NetworkFileError({
      en: "the browser could not open it",
      ja: "ブラウザーがこのファイルを開けませんでした",
    });
  }
}

/** What a file of weights does not say. */
function Unsaid({ t }: { readonly t: DigitWords }): JSX.Element | null {
  const network = chosen.value;
  if (network === null) return null;
  const activation = {
    get value() {
      return network.activation;
    },
    set value(activation: ActivationName) {
      chosen.value = { ...network, activation };
    },
  };
  const scale = {
    get value() {
      return String(network.scale) as "255" | "1";
    },
    set value(scale: "255" | "1") {
      chosen.value = { ...network, scale: Number(scale) };
    },
  };
  return (
    <div class="row">
      <Select
        label={t.activationOf}
        value={activation as Signal<ActivationName>}
        words={Object.fromEntries(ACTIVATIONS.map((name) => [name, name])) as Record<ActivationName, string>}
      />
      <Select label={t.scaleOf} value={scale as Signal<"255" | "1">} words={{ 255: "255", 1: "1" }} />
    </div>
  );
}

/** Of the hidden layers, each name once where they are all alike. */
function activationNames(network: ReadingNetwork): readonly string[] {
  const names = sizesOf(network).slice(1, -1).map((_, l) => activationOf(network.activation, l + 1));
  return [...new Set(names).size === 1 ? new Set(names) : names, "softmax"];
}
