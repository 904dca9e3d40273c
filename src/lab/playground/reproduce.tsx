/// <reference lib="dom" />
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Button } from "../ui/controls.tsx";
import { yamlOf } from "./experiment.ts";
import type { Setting } from "./state.ts";
import type { Shown } from "./training.ts";
import type { PlaygroundWords } from "./words.ts";

const COMMAND = "deno task sweep lab.yaml";

/** The config by which a sweep computes the page's weights, and what it will find. */
export function Reproduce({ shown, setting, t }: {
  readonly shown: Signal<Shown | null>;
  /** While nothing is shown. */
  readonly setting: Setting;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const now = shown.value;
  const result = now?.result ?? null;
  const yaml = yamlOf(now?.setting ?? setting, result?.epochs ?? setting.epochs);
  return (
    <section class="reproduce">
      <h2>{t.reproduce}</h2>
      <p>{t.reproduceNote}</p>
      <div class="steps">
        <div>
          <Heading text={t.saveAs} copy={yaml} t={t} />
          <pre class="yaml" tabIndex={0} aria-label="lab.yaml">{yaml}</pre>
        </div>
        <div>
          <Heading text={t.run} copy={COMMAND} t={t} />
          <pre>{COMMAND}</pre>
          <h3>{t.compare}</h3>
          {result === null ? <p class="note">{noResult(now, setting.epochs, t)}</p> : (
            <>
              <p class="note">{t.within(result.epochs)}</p>
              <dl>
                {Object.entries(result).filter(([name]) => name !== "epochs").map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value ?? "–"}</dd>
                  </div>
                ))}
              </dl>
            </>
          )}
        </div>
      </div>
    </section>
  );
}

/** Why there is nothing to compare yet. */
function noResult(now: Shown | null, epochs: number, t: PlaygroundWords): string {
  if (now?.frame.diverged) return t.nothingAfter;
  return now === null || now.frame.batch === 0 ? t.untrained(epochs) : t.unfinished(epochs);
}

function Heading({ text, copy, t }: {
  readonly text: string;
  readonly copy: string;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const copied = useSignal(false);
  return (
    <div class="heading">
      <h3>{text}</h3>
      <Button
        onClick={async () => {
          await copyText(copy);
          copied.value = true;
          setTimeout(() => copied.value = false, 1500);
        }}
      >
        {copied.value ? t.copied : t.copy}
      </Button>
    </div>
  );
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Where a page from disk may not: as it was done before.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
