// Which rows a chart shows: those that stay as they are, and those of the ticked trials.

/** A trial's colour by its place among the ticked ones. */
export function tokenOf(index) {
  return `token:c${index}`;
}

/**
 * The rows of a chart's data sources.
 * @param {object} chart one of PageData's charts
 * @param {object} page PageData
 * @param {number[]} slots ticked trials by colour; null where a colour is free
 */
export function chartRows(chart, page, { slots, diagnosed }) {
  const ticked = slots.flatMap((trial, i) => trial === null ? [] : [{ trial, colour: tokenOf(i) }]);
  // What was ticked first is drawn last, on top.
  ticked.reverse();
  switch (chart.kind) {
    case "curve":
      return curveRows(chart.key, page, ticked);
    case "effect":
      return { ...chart.data, chosen: effectRows(chart.key, page, ticked) };
    case "parallel":
      return { ...chart.data, chosen: parallelRows(page, ticked) };
    case "diagnostics":
      return page.diagnostics[diagnosed]?.[chart.key] ?? { lines: [], bands: [] };
    default:
      return chart.data;
  }
}

function curveRows(metric, { curves, others, labels, words }, ticked) {
  const named = new Set(ticked.map(({ trial }) => trial));
  const points = (trial) => curves[trial]?.[metric] ?? [];
  const lines = [];
  const bands = [];
  for (const { trial, colour } of ticked) {
    for (const [epoch, mean, low, high] of points(trial)) {
      const tip = `${labels[trial]}\n${words.epoch} ${epoch}${words.colon}${percent(metric, mean)}` +
        (low === undefined ? "" : ` (${percent(metric, low)}–${percent(metric, high)})`);
      lines.push({ key: trial, trial, epoch, mean, width: 2.25, colour, tip });
      if (low !== undefined) bands.push({ key: trial, epoch, low, high, colour });
    }
  }
  const grey = others.filter((trial) => !named.has(trial));
  const crosses = [...named, ...grey].filter((trial) => curves[trial]?.brokenAt)
    .map((trial) => ({ trial, epoch: curves[trial].brokenAt, tip: labels[trial] }));
  return {
    others: grey.flatMap((trial) =>
      points(trial).map(([epoch, mean]) => ({ trial, epoch, mean, tip: labels[trial] }))
    ),
    lines,
    bands,
    crosses,
  };
}

function effectRows(axis, { effects, labels }, ticked) {
  return ticked.flatMap(({ trial, colour }) => {
    const place = effects[trial];
    if (!place || place.value === null || place.x[axis] === null) return [];
    return [{ trial, x: place.x[axis], value: place.value, colour, tip: labels[trial] }];
  });
}

function parallelRows({ effects, labels }, ticked) {
  return ticked.flatMap(({ trial, colour }) =>
    (effects[trial]?.line ?? []).filter(([, y]) => y !== null)
      .map(([axis, y]) => ({ trial, axis, y, colour, broken: effects[trial].broken, tip: labels[trial] }))
  );
}

function percent(metric, value) {
  return metric.endsWith("_accuracy") ? `${(100 * value).toFixed(2)}%` : String(value);
}
