import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

/** What a part of the page was given last, for what depends on it and is not drawn by Preact: a page that is kept up to date gives others. */
export function useLatest<T>(value: T): ReadonlySignal<T> {
  const latest = useSignal(value);
  useLayoutEffect(() => {
    latest.value = value;
  }, [value]);
  return latest;
}

/** As useLatest(), of plain data: what says the same is the same. */
export function useLatestData<T>(value: T): ReadonlySignal<T> {
  const latest = useSignal(value);
  useLayoutEffect(() => {
    if (latest.peek() !== value && JSON.stringify(latest.peek()) !== JSON.stringify(value)) {
      latest.value = value;
    }
  }, [value]);
  return latest;
}
