// Brings the report to life: charts, the trials that are ticked, axes, and the page's ground.

import { ChartView } from "./chart_view.js";

const page = JSON.parse(document.getElementById("report-data").textContent);
const dark = matchMedia("(prefers-color-scheme: dark)");
const print = matchMedia("print");
const boxes = [...document.querySelectorAll("input[data-trial]")];
const status = document.getElementById("ticked");
const chooser = document.getElementById("diagnosed");

/** A trial a colour; null where a colour is free. */
const slots = Array.from({ length: page.colours }, (_, i) => page.ticked[i] ?? null);
const axes = { loss: "log", epoch: "linear" };

const charts = page.charts.map((chart) =>
  new ChartView(chart, {
    page,
    place: document.getElementById(chart.id),
    onPick: (trial) => tick(trial, !slots.includes(trial)),
  })
);

function state() {
  return { slots, diagnosed: chooser?.value ?? null };
}

function drawAll() {
  const colours = page.themes[dark.matches && !print.matches ? "dark" : "light"];
  for (const chart of charts) {
    chart.draw({ colours, variant: `${axes.loss}-${axes.epoch}`, state: state() });
  }
}

/** Draws a trial in a colour of its own, or no longer. */
function tick(trial, on) {
  const place = slots.indexOf(on ? null : trial);
  if (place < 0) {
    if (on) status.textContent = page.words.full;
    showTicks();
    return;
  }
  slots[place] = on ? trial : null;
  showTicks();
  const drawn = slots.filter((slot) => slot !== null).map((slot) => page.words.trial.replace("%", slot));
  status.textContent = drawn.length === 0
    ? page.words.selectedNone
    : page.words.selected.replace("%", drawn.join(page.words.comma));
  for (const chart of charts) if (chart.kind !== "diagnostics") chart.update(state());
}

/** Each row's box and swatch as its trial is drawn. */
function showTicks() {
  for (const box of boxes) {
    const slot = slots.indexOf(Number(box.dataset.trial));
    box.checked = slot >= 0;
    box.closest("tr").dataset.slot = slot >= 0 ? String(slot) : "";
  }
}

for (const box of boxes) {
  box.disabled = false;
  box.addEventListener("change", () => tick(Number(box.dataset.trial), box.checked));
}
for (const button of document.querySelectorAll("button[data-axis]")) {
  button.addEventListener("click", () => {
    const { axis } = button.dataset;
    axes[axis] = axes[axis] === "log" ? "linear" : "log";
    button.setAttribute("aria-pressed", String(axes[axis] === "log"));
    drawAll();
  });
}
for (const button of document.querySelectorAll("button[data-zoom]")) {
  button.addEventListener("click", () => {
    for (const chart of charts) if (chart.kind === "curve") chart.zoom(Number(button.dataset.zoom));
  });
}
chooser?.addEventListener("change", () => {
  for (const chart of charts) if (chart.kind === "diagnostics") chart.update(state());
  for (const table of document.querySelectorAll("[data-diagnosed]")) {
    table.hidden = table.dataset.diagnosed !== chooser.value;
  }
});
dark.addEventListener("change", drawAll);
print.addEventListener("change", drawAll);
showTicks();
drawAll();
document.documentElement.dataset.drawn = "true";
