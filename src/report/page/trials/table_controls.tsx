import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import type { Messages } from "../../messages/en.ts";
import type { TrialColumn } from "../../sections/trial_cells.ts";
import { activeFilters, type Choices, MAX_LISTED, type Order, type TrialFilter } from "./table_view.ts";

/** What the reader can ask of the table: columns, filters, an order, and all as it was. */
export function TableControls({ t, columns, filters, hidden, choices, order, matching, all, sort, fold }: {
  t: Messages;
  columns: readonly TrialColumn[];
  filters: readonly TrialFilter[];
  hidden: Signal<ReadonlySet<string>>;
  choices: Signal<Choices>;
  order: Signal<Order>;
  /** How many rows pass the filters. */
  matching: number;
  all: number;
  sort: (order: Order) => void;
  /** Null where the matching rows are so few that all are shown. */
  fold: { readonly first: number; readonly unfolded: Signal<boolean> } | null;
}): JSX.Element {
  const active = activeFilters(choices.value);
  const asked = columns.filter(({ extra, id }) => hidden.value.has(id) !== extra).length;
  const reset = () => {
    choices.value = {};
    hidden.value = new Set(columns.filter(({ extra }) => extra).map(({ id }) => id));
    sort(null);
  };
  const current = columns.find(({ id }) => id === order.value?.column);
  return (
    <div class="asked screen" role="group" aria-label={t.table.caption(false)}>
      <div class="toolbar">
        {filters.length > 0 && (
          <details class="filters">
            <summary>{active === 0 ? t.table.filter : t.table.filters(active)}</summary>
            <div class="panel">
              {filters.map((filter) => <Filter key={filter.id} filter={filter} choices={choices} t={t} />)}
            </div>
          </details>
        )}
        <details class="columns">
          <summary>{t.table.columns}</summary>
          <div class="panel">
            <fieldset>
              <legend>{t.table.columns}</legend>
              {columns.slice(1).map(({ id, title }) => (
                <Chip
                  key={id}
                  text={title}
                  checked={!hidden.value.has(id)}
                  onChange={(checked) => {
                    const next = new Set(hidden.value);
                    if (checked) next.delete(id);
                    else next.add(id);
                    hidden.value = next;
                  }}
                />
              ))}
            </fieldset>
          </div>
        </details>
        <div class="sort">
          <label>
            {t.table.sort}{" "}
            <select
              value={order.value?.column ?? ""}
              onChange={({ currentTarget: { value } }) => {
                const column = columns.find(({ id }) => id === value);
                sort(column === undefined ? null : { column: value, descending: column.descending });
              }}
            >
              <option value="">{t.table.byRank}</option>
              {columns.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </select>
          </label>
          {current !== undefined && order.value !== null && (
            <button
              type="button"
              onClick={() => sort({ column: current.id, descending: order.value?.descending === false })}
            >
              {order.value.descending ? `${t.table.descending} ▼` : `${t.table.ascending} ▲`}
            </button>
          )}
        </div>
        <span class="shown" role="status">
          {fold === null || fold.unfolded.value
            ? t.table.shown(matching, all)
            : t.table.firstShown(fold.first, matching, all)}
        </span>
        {fold !== null && (
          <button
            type="button"
            class="fold"
            onClick={() => fold.unfolded.value = !fold.unfolded.value}
          >
            {fold.unfolded.value ? t.table.showFirst(fold.first) : t.table.showAll(matching)}
          </button>
        )}
        {(active > 0 || asked > 0 || order.value !== null) && (
          <button type="button" class="reset" onClick={reset}>{t.table.reset}</button>
        )}
      </div>
    </div>
  );
}

function Chip({ text, count, checked, onChange }: {
  text: string;
  count?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}): JSX.Element {
  return (
    <label class="chip">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {text}
      {count !== undefined && <small>{` ${count}`}</small>}
    </label>
  );
}

function Filter({ filter, choices, t }: {
  filter: TrialFilter;
  choices: Signal<Choices>;
  t: Messages;
}): JSX.Element {
  const { id, title } = filter;
  const chosen = choices.value[id] ?? {};
  const choose = (change: Choices[string]) => choices.value = { ...choices.value, [id]: change };
  const options = filter.kind === "choice"
    ? filter.options.flatMap(({ text, count }, option) => count === 0 ? [] : [{ text, count, option }])
    : [];
  const ticked = chosen.options ?? [];
  return (
    <fieldset>
      <legend>{title}</legend>
      {filter.kind === "range" && (["from", "to"] as const).map((end) => (
        <label key={end}>
          {t.table[end]}{" "}
          <input
            type="number"
            step="any"
            placeholder={String(end === "from" ? filter.low : filter.high)}
            value={chosen[end] ?? ""}
            onInput={({ currentTarget: { value } }) =>
              choose({ ...chosen, [end]: value === "" ? undefined : Number(value) })}
          />
        </label>
      ))}
      {options.length > MAX_LISTED
        ? (
          <select
            aria-label={title}
            value={ticked[0] ?? ""}
            onChange={({ currentTarget: { value } }) =>
              choose({ options: value === "" ? [] : [Number(value)] })}
          >
            <option value="">{t.table.any}</option>
            {options.map(({ text, option }) => <option key={option} value={option}>{text}</option>)}
          </select>
        )
        : options.map(({ text, count, option }) => (
          <Chip
            key={option}
            text={text}
            count={String(count)}
            checked={ticked.includes(option)}
            onChange={(checked) =>
              choose({
                options: checked ? [...ticked, option] : ticked.filter((other) => other !== option),
              })}
          />
        ))}
    </fieldset>
  );
}
