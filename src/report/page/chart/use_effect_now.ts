import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** As useSignalEffect(), but at once, not in the next frame: paper shows what is drawn when the browser turns to it. */
export function useEffectNow(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => effect(() => latest.current()), []);
}
