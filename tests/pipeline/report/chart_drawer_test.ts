import assert from "node:assert/strict";
import type { TopLevelSpec } from "vega-lite";
import { ChartDrawer } from "../../../pipeline/report/chart_drawer.ts";
import { renderSvg } from "../../../src/report/charts/render_svg.ts";
import { withEnds } from "../../../src/report/page/chart/axis_ends.ts";
import { compileAnew } from "../../../src/report/page/chart/compile_chart.ts";
import { LaterCharts } from "../../../src/report/page/chart/later_charts.ts";

// Before the tests: it outlives each of them.
ChartDrawer.keep();

function bars(heights: readonly number[]): TopLevelSpec {
  return {
    data: { values: heights.map((y, x) => ({ x, y })) },
    mark: "bar",
    encoding: { x: { field: "x", type: "ordinal" }, y: { field: "y", type: "quantitative" } },
  };
}

Deno.test("a chart that the worker draws has the bytes of renderSvg(), each in the order of the asking", async () => {
  using drawer = new ChartDrawer();
  const specs = [[1, 2, 3], [4, 1], [2.5]].map(bars);
  const drawn = await Promise.all(specs.map((spec) => drawer.draw(spec)));
  assert.equal(new Set(drawn).size, 3);
  assert.deepEqual(drawn, await Promise.all(specs.map(renderSvg)));
});

Deno.test("a chart of a page is compiled as here, before figures that were asked for earlier and are not begun", async () => {
  using drawer = new ChartDrawer();
  const made: string[] = [];
  const specs = [[1, 2, 3], [4, 1], [2.5], [7, 1, 1]].map(bars);
  const drawn = specs.map((spec, i) => drawer.draw(spec).then(() => void made.push(`figure ${i}`)));
  const compiled = drawer.compile(specs[1]).then((vega) => {
    made.push("page");
    return vega;
  });
  await Promise.all(drawn);
  assert.equal(JSON.stringify(await compiled), JSON.stringify(compileAnew(specs[1])));
  assert.deepEqual(made.filter((name) => name !== "page"), ["figure 0", "figure 1", "figure 2", "figure 3"]);
  assert.ok(made.indexOf("page") < made.indexOf("figure 3"), made.join());
});

Deno.test("a chart of a page that Vega-Lite does not take ends the page, and says why", async () => {
  using drawer = new ChartDrawer();
  const charts = new LaterCharts(drawer);
  const good = charts.compile(bars([1]));
  const moved = charts.compile(bars([1]), { y: { domain: [3, 4] } });
  assert.deepEqual([good, moved], [{}, {}]);
  await charts.filled();
  assert.equal(JSON.stringify(good), JSON.stringify(compileAnew(bars([1]))));
  assert.equal(
    JSON.stringify(moved),
    JSON.stringify(withEnds(compileAnew(bars([1])), { y: { domain: [3, 4] } })),
  );
  charts.compile({} as TopLevelSpec);
  await assert.rejects(charts.filled(), /^Error: Cannot draw a chart: Invalid specification/);
});

Deno.test("a chart that vega does not take says why, and those before and after it are drawn", async () => {
  using drawer = new ChartDrawer();
  const bad = {
    ...bars([1]),
    mark: "bar",
    data: { name: "none" },
    encoding: { x: { field: "x", type: "no" } },
  };
  const [before, broken, after] = await Promise.allSettled([
    drawer.draw(bars([1])),
    drawer.draw(bad as unknown as TopLevelSpec),
    drawer.draw(bars([1])),
  ]);
  const reason = await renderSvg(bad as unknown as TopLevelSpec).then(
    () => null,
    (error: Error) => error.message,
  );
  assert.ok(reason !== null && broken.status === "rejected");
  assert.equal(broken.reason.message, `Cannot draw a chart: ${reason}`);
  assert.deepEqual([before.status, after.status], ["fulfilled", "fulfilled"]);
});

Deno.test("charts that are asked for when the worker dies, and after it, are refused with what it died of", async () => {
  using drawer = new ChartDrawer(new URL("./dying_chart_worker.ts", import.meta.url));
  const died = /^Error: Cannot draw a chart: .*no paper/;
  const asked = [drawer.draw(bars([1])), drawer.draw(bars([2]))];
  for (const { status } of await Promise.allSettled(asked)) assert.equal(status, "rejected");
  await assert.rejects(asked[0], died);
  await assert.rejects(drawer.draw(bars([3])), died);
});

Deno.test("a drawer that is kept draws for one report after another; others end with theirs", async () => {
  const kept = ChartDrawer.open();
  for (const heights of [[1, 2], [3, 1]]) {
    using drawer = ChartDrawer.open();
    assert.equal(drawer, kept);
    assert.equal(await drawer.draw(bars(heights)), await renderSvg(bars(heights)));
  }
  using other = new ChartDrawer();
  assert.notEqual(other, kept);
});
