import assert from "node:assert/strict";
import { shownExperiments, withNews } from "../../../src/view/list/order.ts";
import { datasetOf, type ExperimentState, type ExperimentSummary } from "../../../src/view/list/summary.ts";
import { viewWords } from "../../../src/view/words.ts";

function summary(
  id: string,
  state: ExperimentState,
  at: number,
  title: string | null = null,
): ExperimentSummary {
  return {
    id,
    place: `results/${id}`,
    name: id,
    title,
    state,
    problem: null,
    dataset: "mnist",
    done: 0,
    all: null,
    diverged: 0,
    failed: 0,
    fraction: null,
    secondsLeft: null,
    best: null,
    at,
  };
}

const LIST = withNews(new Map(), {
  all: true,
  changed: [
    summary("old", "finished", 1),
    summary("late", "finished", 9, "学習率 ＡＢＣ"),
    summary("now", "running", 5),
    summary("dead", "interrupted", 7),
  ],
  gone: [],
});

Deno.test("running experiments come first, then the latest", () => {
  const ids = shownExperiments(LIST, { search: "", state: null }).map(({ id }) => id);
  assert.deepEqual(ids, ["now", "late", "dead", "old"]);
});

Deno.test("every word of a search must be in what is said of an experiment, in any case and width", () => {
  const found = (search: string, state: ExperimentState | null = null) =>
    shownExperiments(LIST, { search, state }).map(({ id }) => id);
  assert.deepEqual(found("abc MNIST"), ["late"]);
  assert.deepEqual(found("学習率"), ["late"]);
  assert.deepEqual(found("results/o"), ["old"]);
  assert.deepEqual(found("  "), ["now", "late", "dead", "old"]);
  assert.deepEqual(found("mnist", "finished"), ["late", "old"]);
  assert.deepEqual(found("nothing of the kind"), []);
});

Deno.test("data that a config describes are known by their kind, and found by what they are called", async () => {
  const schema = JSON.parse(
    await Deno.readTextFile(new URL("../../../configs/schema.json", import.meta.url)),
  );
  const kinds = schema.properties.dataset.anyOf.flatMap(({ properties = {} }) => Object.keys(properties));
  assert.ok(kinds.includes("csv"));
  for (const kind of kinds) {
    assert.equal(datasetOf({ [kind]: {} }), kind);
    for (const language of ["en", "ja"] as const) {
      const { datasets } = viewWords(language);
      const list = new Map([["own", { ...summary("own", "finished", 1), dataset: kind }]]);
      for (const search of [kind, datasets[kind]]) {
        assert.equal(
          shownExperiments(list, { search, state: null, datasets }).length,
          1,
          `${kind} ${search}`,
        );
      }
    }
  }
});

Deno.test("a message told twice changes nothing the second time, and one of all there is forgets the rest", () => {
  const news = { all: false, changed: [summary("now", "finished", 10)], gone: ["old"] };
  const once = withNews(LIST, news);
  assert.deepEqual(withNews(once, news), once);
  assert.deepEqual([...once.keys()], ["late", "now", "dead"]);
  assert.deepEqual([...withNews(once, { all: true, changed: [], gone: [] })], []);
});
