import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { valuesOf } from "../../../src/lab/address/address.ts";
import { GRAPH_FIELDS } from "../../../src/lab/graph/fields.ts";
import { openGraph } from "../../../src/lab/graph/model.ts";
import { OneNumber } from "../../../src/lab/graph/one_number.tsx";
import { graphWords } from "../../../src/lab/graph/words.ts";

/** L of the page's net as a student would compute it, with one number of one tensor put in its place on the way. */
function lossWith(
  { sizes, rows, activation, X, labels, parameters }: ReturnType<typeof openGraph>["net"]["value"],
  moved: { tensor: string; index: number; to: number },
): number {
  const put = (tensor: string, data: readonly number[]) =>
    tensor === moved.tensor ? data.with(moved.index, moved.to) : data;
  const f = activation === "relu" ? (a: number) => a > 0 ? a : 0 : Math.tanh;
  let z: readonly number[] = [...X.data];
  for (let l = 1; l < sizes.length; l++) {
    const [K, N] = [sizes[l - 1], sizes[l]];
    const W = put(`W${l}`, [...parameters[2 * l - 2].data]),
      B = put(`B${l}`, [...parameters[2 * l - 1].data]);
    const places = Array.from({ length: rows * N }, (_, i) => [Math.floor(i / N), i % N]);
    const below = z;
    const product = put(
      `P${l}`,
      places.map(([r, c]) => Array.from(W.slice(0, K), (_, k) => below[r * K + k] * W[k * N + c]))
        .map((terms) => terms.reduce((sum, term) => sum + term, 0)),
    );
    const A = put(`A${l}`, product.map((value, i) => value + B[i % N]));
    z = l < sizes.length - 1 ? put(`Z${l}`, A.map(f)) : A;
  }
  const N = sizes[sizes.length - 1];
  const powers = z.map(Math.exp);
  const total = (r: number) => powers.slice(r * N, r * N + N).reduce((sum, power) => sum + power, 0);
  const Yhat = put("Yhat", powers.map((power, i) => power / total(Math.floor(i / N))));
  return labels.reduce((sum, label, r) => sum - Math.log(Yhat[r * N + label]) / rows, 0);
}

Deno.test("what L is said to change by with a number moved is what it changes by, for every number of every node", () => {
  const addresses = [{}, { activation: "relu" }, {
    hidden: "",
    w: "5,-5,4,-4,0,0",
    inputs: "2",
    classes: "2",
    rows: "2",
  }];
  let sentences = 0, below = 0;
  for (const params of addresses) {
    const { values } = valuesOf(GRAPH_FIELDS, { ...params, step: "20" });
    const state = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, signal(value)]));
    const model = openGraph(state as unknown as Parameters<typeof openGraph>[0]);
    for (const [tensor, { columns, data }] of model.shown.value.values) {
      data.forEach((_, index) => {
        model.pointed.value = { tensor, row: Math.floor(index / columns), column: index % columns };
        if (["X", "Y", "dL", "L"].includes(tensor)) return;
        const said = (language: "en" | "ja", pattern: RegExp) =>
          render(h(OneNumber, { model, words: graphWords(language) }))
            .match(pattern)?.slice(1).map((text) => text.replaceAll("\u2212", "-"));
        const en = said("en", /With (\S+) (0\.\d+) (smaller|larger), L changes by about (\S+)\./);
        assert.ok(en !== undefined, tensor);
        const [, size, way, change] = en;
        if (index === 0) {
          const [, jaSize, jaWay, jaChange] =
            said("ja", /(\S+) を (0\.\d+) (減らす|増やす)と、L は約 (\S+) 変わります。/) ?? [];
          assert.deepEqual([jaSize, jaWay === "減らす", jaChange], [size, way === "smaller", change]);
        }
        const of = tensor.replace(/^d/, "");
        const stands = model.right.value.values.get(of)!.data[index];
        const to = stands + (way === "smaller" ? -1 : 1) * Number(size);
        const [before, after] = [stands, to].map((to) =>
          lossWith(model.net.value, { tensor: of, index, to })
        );
        // Three digits are shown.
        const told = Number(change);
        assert.ok(
          Math.abs(told - (after - before)) <= 0.0051 * Math.abs(after - before) + 1e-12,
          `${tensor}[${index}] of ${JSON.stringify(params)}: ${told}, not ${after - before}`,
        );
        if (of === "Yhat") assert.ok(to <= 1, "no probability is above 1");
        if (way === "smaller") below++;
        sentences++;
      });
    }
  }
  assert.ok(sentences > 200 && below > 0, `${sentences} ${below}`);
});
