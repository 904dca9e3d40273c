import assert from "node:assert/strict";
import { messages } from "../../src/report/messages/messages.ts";
import { type ReportInput, reportModel } from "../../src/report/report_model.ts";
import { cellText, trialColumns } from "../../src/report/sections/trial_cells.ts";
import { compareValues, trialTable } from "../../src/report/sections/trial_data.ts";
import {
  type Choices,
  nextOrder,
  type Order,
  shownRows,
  trialFilters,
} from "../../src/report/page/trials/table_view.ts";
import { columnWidth, tableStyle } from "../../src/report/page/trials/table_layout.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";
import { sampleReport, sampleRows } from "./sample_report.ts";

const t = messages("en");

function open(changes: Partial<ReportInput> = {}) {
  const model = reportModel(sampleReport(changes));
  // What the page has of it went through JSON.
  const table: ReturnType<typeof trialTable> = JSON.parse(JSON.stringify(trialTable(model)));
  const columns = trialColumns(table, t);
  const filters = trialFilters(table, { t, byTrial: false });
  const column = (id: string) => columns.find((column) => column.id === id)!;
  const shown = (order: Order, choices: Choices = {}) =>
    shownRows(table.trials.length, { filters, choices, columns, order }).map((row) => table.trials[row]);
  return {
    table,
    columns,
    filters,
    column,
    shown,
    text: (id: string, row: number) => cellText(column(id), row, t),
  };
}

Deno.test("values of a setting are ordered as people would: numbers by size, layers by how many and how large, then text", () => {
  const ordered = [1e-6, 9, 10, [], [50], [1000], [200, 100], [400, 200], "relu", "tanh"];
  assert.deepEqual(ordered.toReversed().sort(compareValues), ordered);
  const mappings = [{ method: "gaussian", sigma: 0.01 }, { method: "he" }];
  assert.deepEqual([...mappings, 3].sort(compareValues), [3, ...mappings]);
});

Deno.test("a cell says its mean with the deviation over seeds, in no decimals that the mean has not", () => {
  const rows = [
    [0.12344, 0.12349],
    [0.5, 0.9],
    [1e-6, 3e-6],
  ].flatMap((losses, trial) =>
    losses.map((val_loss, seed) => runRow({ trial, seed, learning_rate: 1 + trial, val_loss }))
  );
  const { text, table } = open({ rows, objective: { metric: "val_loss", goal: "minimize" } });
  assert.deepEqual(table.trials, [2, 0, 1]);
  assert.deepEqual([0, 1, 2].map((row) => text("val_loss", row)), [
    "0.000002000 ± 0.0000014",
    "0.1235 ± 0.0000",
    "0.7000 ± 0.28",
  ]);
  assert.equal(text("val_accuracy", 0), "91.25% ± 0.00");
  assert.equal(text("trial", 0), "1st: trial 2");
});

Deno.test("places in English end as they are spoken", () => {
  const places = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111, 1002].map(t.table.place);
  assert.equal(places.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 101st 111th 1,002nd");
});

Deno.test("numbers that were drawn are shortened, those that were written are not", () => {
  const rows = [0.0123456789, 0.05, 1e-6, 1e-5].map((learning_rate, trial) =>
    runRow({ trial, learning_rate })
  );
  const { table, text } = open({ rows });
  assert.deepEqual(table.parameters[0].values, [1e-6, 1e-5, 0.01235, 0.05]);
  assert.deepEqual([0, 1, 2, 3].map((row) => text("parameter-0", row)), ["0.01235", "0.05", "1e-6", "1e-5"]);
});

Deno.test("a column is sorted by numbers both ways and then by rank again, with what is missing last", () => {
  const { column, shown, table } = open();
  const rate = column("parameter-2");
  const first = nextOrder(rate, null);
  const second = nextOrder(rate, first);
  assert.deepEqual([first, second, nextOrder(rate, second)], [
    { column: "parameter-2", descending: false },
    { column: "parameter-2", descending: true },
    null,
  ]);
  // Equal ones stay in the order of their ranks.
  assert.deepEqual(shown(first).slice(0, 5), [8, 9, 0, 1, 10]);
  assert.deepEqual(shown(second).slice(0, 4), [7, 15, 6, 14]);
  assert.deepEqual(shown(null), table.trials);
  const accuracy = column("val_accuracy");
  assert.equal(accuracy.descending, true);
  for (const descending of [true, false]) {
    assert.deepEqual(shown({ column: "val_accuracy", descending }).slice(-2), [6, 14]);
  }
  // The names of trials are numbers too.
  assert.deepEqual(shown({ column: "trial", descending: false }), Array.from({ length: 16 }, (_, i) => i));
  assert.deepEqual(shown({ column: "status", descending: true }).slice(0, 4), [6, 14, 7, 15]);
});

Deno.test("filters let through what has any of the chosen values, of each setting and of how trials ended", () => {
  const { shown, filters } = open();
  assert.deepEqual(filters.map(({ id }) => id), ["parameter-0", "parameter-1", "parameter-2", "status"]);
  const [, batch, , status] = filters;
  assert.ok(batch.kind === "choice" && status.kind === "choice");
  assert.deepEqual(batch.options.slice(0, 2), [{ text: "10", count: 8 }, { text: "20", count: 8 }]);
  const ends = Object.fromEntries(status.options.map(({ text, count }) => [text, count]));
  assert.equal(ends.diverged, 4);
  const diverged = status.options.findIndex(({ text }) => text === "diverged");
  assert.deepEqual(shown(null, { status: { options: [diverged] } }).sort((a, b) => a - b), [6, 7, 14, 15]);
  assert.deepEqual(shown(null, { status: { options: [diverged] }, "parameter-1": { options: [0] } }), [
    6,
    14,
  ]);
  assert.deepEqual(shown(null, { "parameter-2": { options: [0, 2] } }).length, 8);
  assert.equal(shown(null, { "parameter-2": { options: [] } }).length, 16);
});

Deno.test("of many numbers a range is chosen, which both its ends belong to", () => {
  const rows = Array.from({ length: 40 }, (_, trial) => runRow({ trial, learning_rate: (trial + 1) / 8 }));
  const { shown, filters } = open({ rows });
  assert.deepEqual(filters.map(({ kind }) => kind), ["range"]);
  assert.deepEqual(shown(null, { "parameter-0": { from: 0.5, to: 0.75 } }), [3, 4, 5]);
  assert.equal(shown(null, { "parameter-0": { to: 0.25 } }).length, 2);
});

Deno.test("marks say how many runs diverged, failed or learned nothing, and which trials halving stopped", () => {
  const labels = Uint8Array.from({ length: 1000 }, (_, i) => i % 10);
  const rows = [
    ...[0, 1, 2].map((seed) => runRow({ trial: 0, seed })),
    ...[0, 1].map((seed) => runRow({ trial: 1, seed, test_accuracy: 0.1, val_accuracy: 0.1 })),
    divergedRow({ trial: 1, seed: 2 }),
    ...[0, 1, 2].map((seed) => divergedRow({ trial: 2, seed, status: "failed" })),
    ...[0, 1, 2].map((seed) => runRow({ trial: 3, seed, epochs: 1 })),
  ].map((row) => ({ ...row, learning_rate: row.trial + 1 }));
  const { text, table } = open({
    rows,
    predictions: { labels, predictions: labels, classes: 10 },
    objective: { metric: "val_accuracy", goal: "maximize", by_epochs: true },
  });
  const status = (trial: number) => text("status", table.trials.indexOf(trial));
  assert.deepEqual([0, 1, 2, 3].map(status), [
    "",
    "✕ 1 of 3 diverged, 2 of 3 learned nothing",
    "✕ all 3 failed",
    "stopped after 1 epoch",
  ]);
  // Nothing to say, no column.
  const good = rows.filter(({ trial }) => trial === 0);
  const predictions = { labels, predictions: labels, classes: 10 };
  assert.equal(open({ rows: good, predictions }).column("status"), undefined);
});

Deno.test("the axis of differences is one that trials with a mark do not stretch", () => {
  const { table } = open();
  const [low, high] = table.difference?.axis ?? [];
  // Those at chance level are 87 points behind; the others, of both layer sizes, at most ten and their intervals.
  assert.ok(low !== undefined && low < 0 && low >= -10, `from ${low}`);
  assert.ok(high !== undefined && high > 0);
});

Deno.test("a table of more columns needs more room before it turns into cards, and no title can end its style", () => {
  const { columns, table } = open();
  const widths = columns.map((column) => columnWidth(column, table.trials.length));
  const rems = (count: number) =>
    [...tableStyle(columns.slice(0, count), widths.slice(0, count)).matchAll(/max-width:([\d.]+)rem/g)]
      .map(([, width]) => Number(width));
  const [wide, medium, narrow] = rems(columns.length);
  assert.ok(wide > medium && medium > narrow && narrow > rems(5)[2]);
  const hostile = columns.map((column) => ({ ...column, title: `a"}</style><b>\n\\` }));
  assert.doesNotMatch(tableStyle(hostile, widths), /<|a"}/);
});

Deno.test("sixteen trials of two seeds take little data", () => {
  const { table } = open({ rows: sampleRows() });
  assert.ok(JSON.stringify(table).length < 3000);
});
