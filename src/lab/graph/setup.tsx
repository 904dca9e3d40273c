/// <reference lib="dom" />
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { Button, Select, Slider } from "../ui/controls.tsx";
import type { GraphModel } from "./model.ts";
import type { GraphWords } from "./words.ts";

/** The sizes, the activation, and other numbers. */
export function Setup({ model, words }: { model: GraphModel; words: GraphWords }): JSX.Element {
  const { state, redraw, net, misfits } = model;
  const { inputs, hidden, classes, rows, activation, seed } = state;
  const size = (signal: Signal<number>) =>
    through(() => signal.value, (value) => redraw(() => signal.value = value));
  /** No unit means no layer; the layers above it go with it. */
  const layer = (l: number) =>
    through(
      () => hidden.value[l] ?? 0,
      (units) =>
        redraw(() =>
          hidden.value = units === 0
            ? hidden.value.slice(0, l)
            : [...hidden.value.slice(0, l), units, ...hidden.value.slice(l + 1)]
        ),
    );
  const units = (count: number) => count === 0 ? words.noLayer : String(count);
  const own = state.x.value.length + state.y.value.length + state.w.value.length > 0;
  return (
    <div class="setup">
      <Slider label={words.rows} value={size(rows)} least={2} most={4} step={1} />
      <Slider label={words.inputs} value={size(inputs)} least={2} most={4} step={1} />
      <Slider label={words.hidden(1)} value={layer(0)} least={0} most={4} step={1} show={units} />
      {hidden.value.length > 0 && (
        <Slider label={words.hidden(2)} value={layer(1)} least={0} most={4} step={1} show={units} />
      )}
      <Slider label={words.classes} value={size(classes)} least={2} most={3} step={1} />
      <Select label={words.activation} value={activation} words={words.activations} />
      <div class="numbers">
        <Button onClick={() => redraw(() => seed.value = (seed.value + 1) % 10000)}>{words.redraw}</Button>
        {own
          ? <Button onClick={() => redraw(() => {})}>{words.restore}</Button>
          : <span class="note">{words.drawnBy(seed.value)}</span>}
      </div>
      {misfits.value.length > 0 && <p class="bad" role="status">{words.misfit(misfits.value)}</p>}
      {net.value.seed === null && <p class="note">{words.handedOver}</p>}
    </div>
  );
}

/** A signal for a control that does more than set it. */
function through<Value>(read: () => Value, write: (value: Value) => void): Signal<Value> {
  return {
    get value() {
      return read();
    },
    set value(value) {
      write(value);
    },
  } as Signal<Value>;
}
