/// <reference lib="dom" />
import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { PageProps } from "../page.ts";
import { followStart, type LayerStart, type StartOptions } from "./flow.ts";
import { type FIELDS, METHODS } from "./state.ts";

export type State = PageProps<typeof FIELDS>["state"];
export type Method = (typeof METHODS)[number];

/** A start that has been followed, and the same network's by the other methods as far as they are done. */
export interface Followed {
  readonly options: StartOptions;
  readonly layers: readonly LayerStart[];
  readonly byMethod: Readonly<Partial<Record<Method, readonly LayerStart[]>>>;
}

/** Weights that are multiplied in a frame, so that sliders move on meanwhile: some 15 ms of work. */
const A_FRAME = 150_000;

/** Follows what is chosen whenever it changes; until it is done, what was before stays. */
export function useFollowed(state: State): ReadonlySignal<Followed | null> {
  const { activation, method, sigma, depth, width, seed } = state;
  const followed = useSignal<Followed | null>(null);
  const options = useComputed((): StartOptions => ({
    activation: activation.value,
    method: method.value,
    sigma: sigma.value,
    depth: depth.value,
    width: width.value,
    seed: seed.value,
  }));
  useSignalEffect(() => {
    const work = follow(options.value);
    let frame = 0;
    const onFrame = () => {
      for (let left = A_FRAME; left > 0;) {
        const { value, done } = work.next();
        if (done) return;
        if (typeof value === "number") left -= value;
        else followed.value = value;
      }
      frame = requestAnimationFrame(onFrame);
    };
    onFrame();
    return () => cancelAnimationFrame(frame);
  });
  return followed;
}

/** Sizes of work done, and what is there so far: first what was asked for, then the other methods. */
function* follow(options: StartOptions): Generator<number | Followed, void> {
  const layers = yield* followStart(options);
  let byMethod: Followed["byMethod"] = { [options.method]: layers };
  yield { options, layers, byMethod };
  for (const method of METHODS) {
    if (method === options.method) continue;
    byMethod = { ...byMethod, [method]: yield* followStart({ ...options, method }) };
  }
  yield { options, layers, byMethod };
}
