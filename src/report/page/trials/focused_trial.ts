/// <reference lib="dom" />
import { useLayoutEffect, useRef } from "preact/hooks";

/** The trial whose row has the focus; as rows come and go, its row is given the focus again where it has lost it. */
export function useFocusedTrial(body: { readonly current: HTMLElement | null }): { current: number | null } {
  const focused = useRef<number | null>(null);
  useLayoutEffect(() => {
    const follow = ({ target }: Event) => {
      const { trial } = (target as HTMLElement).dataset ?? {};
      const inside = body.current?.contains(target as Node) === true;
      focused.current = inside && trial !== undefined ? Number(trial) : null;
    };
    document.addEventListener("focusin", follow);
    document.addEventListener("pointerdown", follow);
    return () => {
      document.removeEventListener("focusin", follow);
      document.removeEventListener("pointerdown", follow);
    };
  }, []);
  useLayoutEffect(() => {
    if (focused.current === null || document.activeElement !== document.body) return;
    body.current?.querySelector<HTMLElement>(`input[data-trial="${focused.current}"]`)
      ?.focus({ preventScroll: true });
  });
  return focused;
}
