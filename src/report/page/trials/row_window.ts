/// <reference lib="dom" />
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** Rows beyond the window's edges that are drawn too, and the step in which rows come and go. */
const BEYOND = 10;
const STEP = 5;

/** The rows that are drawn: from `first` to before `last`. Each is `height` pixels high; 0 before it is known. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
  readonly height: number;
}

/**
 * Which of many rows of one height are in sight as the page scrolls. The height is that of the highest row so far, which the others are
 * given by the property --row of the body.
 * @param options.layout changes where rows may have another height
 */
export function useRowWindow(
  body: RefObject<HTMLElement | null>,
  { count, active, layout }: { count: number; active: boolean; layout: string },
): ReadonlySignal<RowWindow> {
  const seen = useSignal<RowWindow>({ first: 0, last: 2 * BEYOND, height: 0 });
  const measured = useRef("");

  const look = () => {
    if (body.current === null) return;
    const { height, first, last } = seen.peek();
    if (height === 0) return;
    const above = -body.current.getBoundingClientRect().top;
    const from = Math.floor(above / height) - BEYOND;
    const to = Math.ceil((above + innerHeight) / height) + BEYOND;
    const stepped = {
      first: Math.min(Math.max(0, count - 1), Math.max(0, from - from % STEP)),
      last: Math.min(count, Math.max(1, to + STEP - to % STEP)),
    };
    if (stepped.first !== first || stepped.last !== last) seen.value = { ...stepped, height };
  };
  const measure = () => {
    const place = body.current;
    if (place === null) return;
    const fresh = measured.current !== layout;
    if (fresh) {
      place.style.removeProperty("--row");
      freezeColumns(place.closest("table"));
    }
    measured.current = layout;
    const rows = [...place.querySelectorAll<HTMLElement>("tr[data-row]")];
    const highest = rows.reduce(
      (most, row) => Math.max(most, Math.ceil(row.getBoundingClientRect().height)),
      0,
    );
    const { height } = seen.peek();
    const next = fresh ? highest : Math.max(height, highest);
    place.style.setProperty("--row", `${next}px`);
    if (next === height || next === 0) return;
    // What is in sight stays there: the rows above it have grown.
    const above = Math.min(Math.max(0, -place.getBoundingClientRect().top), count * height);
    if (height > 0 && above > 0 && !fresh) scrollBy(0, above / height * (next - height));
    seen.value = { ...seen.peek(), height: next };
  };

  const latest = useRef({ look, measure });
  latest.current = { look, measure };
  useEffect(() => {
    if (!active) return;
    const onScroll = () => latest.current.look();
    const onResize = () => {
      measured.current = "";
      latest.current.measure();
      latest.current.look();
    };
    addEventListener("scroll", onScroll, { passive: true });
    addEventListener("resize", onResize);
    return () => {
      removeEventListener("scroll", onScroll);
      removeEventListener("resize", onResize);
    };
  }, [active]);

  useLayoutEffect(() => {
    if (!active) {
      if (measured.current === "") return;
      body.current?.style.removeProperty("--row");
      thawColumns(body.current?.closest("table"));
      measured.current = "";
      return;
    }
    measure();
    look();
  });
  return seen;
}

/** Gives a table's columns the widths that they have now, whichever rows come and go. */
function freezeColumns(table: HTMLTableElement | null): void {
  const headings = thawColumns(table);
  const widths = headings.map((heading) => heading.getBoundingClientRect().width);
  // Cards have no columns.
  if (widths.every((width) => width === 0)) return;
  for (const [i, heading] of headings.entries()) heading.style.width = `${widths[i]}px`;
  if (table !== null) table.style.tableLayout = "fixed";
}

/** Lets columns find their widths again. */
function thawColumns(table: HTMLTableElement | null | undefined): HTMLElement[] {
  const headings = [...table?.querySelectorAll<HTMLElement>("thead th") ?? []];
  table?.style.removeProperty("table-layout");
  for (const heading of headings) heading.style.removeProperty("width");
  return headings;
}
