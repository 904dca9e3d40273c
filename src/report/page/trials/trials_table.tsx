/// <reference lib="dom" />
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { type TrialColumn, trialColumns } from "../../sections/trial_cells.ts";
import type { PartProps } from "../island.tsx";
import { Note } from "../parts.tsx";
import { compareLead, runLead } from "../leads.ts";
import { useFocusedTrial } from "./focused_trial.ts";
import { percent } from "./interval.tsx";
import { useRowWindow } from "./row_window.ts";
import { columnWidth, tableStyle } from "./table_layout.ts";
import {
  carriedChoices,
  type Choices,
  nextOrder,
  type Order,
  shownRows,
  trialFilters,
} from "./table_view.ts";
import { TableControls } from "./table_controls.tsx";
import { Phrases, Row, Sizes } from "./trial_row.tsx";
import type { TrialsPart } from "./trials_part.ts";

/**
 * Of more trials than MANY the first are shown, so that the page can be read on, until the reader wants all; then only the rows in sight
 * are drawn. On paper and without a script it is the first ones too.
 */
const MANY = 200;
const FIRST = 100;

/** The trials, best first or as the reader sorts them, with a box each that draws it in the charts. */
export function TrialsTable({ part, page, t, state }: PartProps<TrialsPart>): JSX.Element {
  const { table, tickable, notes } = part;
  const count = table.trials.length;
  const many = count > MANY;
  const { columns, widths, filters } = useMemo(() => {
    const columns = trialColumns(table, t);
    const widths = new Map(columns.map((column) => [column.id, columnWidth(column, count)]));
    return { columns, widths, filters: trialFilters(table, { t, byTrial: many }) };
  }, [table]);
  const drawable = useMemo(() => part.drawable && new Set(part.drawable), [part.drawable]);

  const order = useSignal<Order>(null);
  const hidden = useSignal<ReadonlySet<string>>(
    new Set(columns.filter(({ extra }) => extra).map(({ id }) => id)),
  );
  const choices = useSignal<Choices>({});
  // A table that is kept up to date may get other filters: what was chosen of the former ones stays chosen.
  const former = useRef(filters);
  if (former.current !== filters) choices.value = carriedChoices(choices.peek(), former.current, filters);
  former.current = filters;
  const rows = useMemo(
    () => shownRows(count, { filters, choices: choices.value, columns, order: order.value }),
    [filters, choices.value, order.value],
  );
  const alive = useSignal(false);
  const printed = useSignal(false);
  const unfolded = useSignal(false);
  useLayoutEffect(() => {
    alive.value = true;
    const print = matchMedia("print");
    const follow = () => printed.value = print.matches;
    follow();
    print.addEventListener("change", follow);
    return () => print.removeEventListener("change", follow);
  }, []);

  const shown = columns.filter(({ id }) => !hidden.value.has(id));
  const shownWidths = shown.map(({ id }) => widths.get(id)!);
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const folds = many && rows.length > FIRST;
  const scrolling = folds && unfolded.value && !printed.value;
  const seen = useRowWindow(body, {
    count: rows.length,
    active: scrolling,
    layout: shown.map(({ id }) => id).join(),
  });
  const focused = useFocusedTrial(body);

  const sort = (next: Order) => {
    order.value = next;
    const top = frame.current?.getBoundingClientRect().top ?? 0;
    if (top < 0) scrollBy({ top, behavior: "instant" });
  };
  const unfold = () => {
    unfolded.value = true;
    // This button goes: the focus moves to the headings, which stay in sight.
    frame.current?.querySelector<HTMLElement>("thead button")?.focus({ preventScroll: true });
  };
  const sorted = columns.find(({ id }) => id === order.value?.column);
  const { difference } = table;
  const axis = difference?.axis ?? null;
  const zero = axis === null ? undefined : `--zero:${percent(axis, 0)}`;
  // The same element again tells Preact that nothing of the row has changed.
  const known = useMemo(() => new Map<number, JSX.Element>(), [rows, hidden.value]);
  const row = (index: number, place: number): JSX.Element => {
    const element = known.get(index) ?? (
      <Row
        key={table.trials[index]}
        row={index}
        place={many ? place : null}
        columns={shown}
        trial={table.trials[index]}
        marks={table.marks[index] ?? []}
        tickable={tickable}
        drawable={drawable === null || drawable.has(table.trials[index])}
        difference={difference}
        lead={runLead(page.leads, table.trials[index])}
        t={t}
        state={state}
      />
    );
    known.set(index, element);
    return element;
  };
  const gap = (key: string, missing: number) =>
    missing <= 0 ? null : (
      <tr key={key} class="gap" aria-hidden="true">
        <td colSpan={shown.length} style={`height:${missing * seen.value.height}px`} />
      </tr>
    );
  const drawn = () => {
    if (!scrolling) return rows.slice(0, folds ? FIRST : count).map(row);
    const { first, last } = seen.value;
    const [from, to] = [Math.min(first, rows.length), Math.min(last, rows.length)];
    const inSight = rows.slice(from, to).map((index, i) => row(index, from + i));
    // The row that has the focus stays, or the focus would fall back to the page's top.
    const kept = focused.current === null
      ? -1
      : rows.findIndex((index) => table.trials[index] === focused.current);
    const above = kept >= 0 && kept < from;
    const below = kept >= to;
    const keptRow = above || below ? row(rows[kept], kept) : null;
    return [
      gap("top", above ? kept : from),
      above && keptRow,
      above && gap("above", from - kept - 1),
      ...inSight,
      below && gap("below", kept - to),
      below && keptRow,
      gap("bottom", rows.length - (below ? kept + 1 : to)),
    ];
  };
  return (
    <div class="trials">
      <Note sentences={notes} space={t.space} />
      {tickable && (
        <>
          <p class="note screen">{t.table.selectNote(page.colours)}</p>
          <Ticked t={t} page={page} state={state} />
        </>
      )}
      <style dangerouslySetInnerHTML={{ __html: tableStyle(shown, shownWidths) }} />
      {alive.value && count > 1 && (
        <TableControls
          t={t}
          columns={columns}
          filters={filters}
          hidden={hidden}
          choices={choices}
          order={order}
          matching={rows.length}
          all={count}
          sort={sort}
          fold={folds ? { first: FIRST, unfolded } : null}
        />
      )}
      <div class="frame" ref={frame}>
        <table aria-rowcount={scrolling ? rows.length + 1 : undefined} style={zero}>
          <caption>
            {sorted === undefined
              ? t.table.caption(table.ranked > 0)
              : t.table.sortedBy(sorted.name, order.value?.descending === true)}
          </caption>
          <thead>
            <tr aria-rowindex={scrolling ? 1 : undefined}>
              {shown.map((column) => (
                <Heading
                  key={column.id}
                  column={column}
                  order={order.value}
                  onSort={count > 1 ? () => sort(nextOrder(column, order.value)) : null}
                />
              ))}
            </tr>
          </thead>
          <tbody ref={body} class={scrolling ? "window" : undefined}>
            {scrolling && (
              <Sizes columns={shown} widths={shownWidths} tickable={tickable} axis={axis !== null} />
            )}
            {drawn()}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p>{t.table.noneShown}</p>}
      {folds && !scrolling && (
        <p class="note">
          {t.table.firstNote(FIRST, rows.length) + t.space + t.table.cutFile("results.csv")}{" "}
          {alive.value && (
            <button type="button" class="screen" onClick={unfold}>
              {t.table.showAll(rows.length)}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function Ticked({ t, page, state }: Pick<PartProps<TrialsPart>, "t" | "page" | "state">): JSX.Element {
  const { slots, full } = state;
  const drawn = slots.value.filter((slot) => slot !== null).map((trial) => t.trial(trial));
  const said = full.value
    ? t.table.full(page.colours)
    : drawn.length === 0
    ? t.table.selectedNone
    : t.table.selected(drawn.join(t.comma));
  return (
    <p class="note screen" role="status" id="ticked">
      {said}
      {page.leads !== undefined && drawn.length > 1 && (
        <>
          {t.space}
          <a href={compareLead(page.leads, slots.value.filter((trial) => trial !== null))}>
            {page.leads.compareText}
          </a>
        </>
      )}
    </p>
  );
}

function Heading({ column: { id, kind, title }, order, onSort }: {
  column: TrialColumn;
  order: Order;
  onSort: (() => void) | null;
}): JSX.Element {
  const direction = order?.column !== id ? undefined : order.descending ? "descending" : "ascending";
  return (
    <th scope="col" class={kind} aria-sort={direction}>
      {onSort === null ? <Phrases text={title} /> : (
        <button type="button" data-column={id} onClick={onSort}>
          <Phrases text={title} />
          <span class="arrow" aria-hidden="true">
            {direction === undefined ? "" : direction === "ascending" ? " ▲" : " ▼"}
          </span>
        </button>
      )}
    </th>
  );
}
