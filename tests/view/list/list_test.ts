import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { finishedSummary } from "../../../pipeline/view/finished_summary.ts";
import { List } from "../../../src/view/list/list.tsx";
import { viewWords } from "../../../src/view/words.ts";
import { inTemporaryFolder } from "../../pipeline/in_temporary_folder.ts";
import { sweepIn } from "../../pipeline/sweep_in_process.ts";

Deno.test("the list says how many runs have ended, and how many of them diverged", () =>
  inTemporaryFolder(async (folder) => {
    const config = {
      name: "diverged",
      dataset: "strokes",
      preprocess: { limit: 50 },
      model: { hidden: [4] },
      train: { epochs: 1, batch_size: 10 },
      sweep: { parameters: { "train.learning_rate": [1e30, 1e31, 0.1] } },
    };
    await sweepIn(folder, { config });
    const found = await finishedSummary(`${folder}/results`);
    assert.deepEqual([found.state, found.done, found.diverged, found.failed], ["finished", 3, 2, 0]);
    const shown = (changes: Partial<typeof found>, language: "en" | "ja") => {
      const summary = {
        id: "0",
        place: "r",
        problem: null,
        fraction: null,
        secondsLeft: null,
        at: 0,
        ...found,
        ...changes,
      };
      const props = { summaries: signal(new Map([["0", summary]])), connection: signal("open" as const) };
      return /<span class="done note">(.*?)<\/span>/.exec(
        render(h(List, { ...props, t: viewWords(language) })),
      )?.[1];
    };
    assert.equal(shown({}, "ja"), "訓練 3 回中 3 回が終了、発散 2");
    assert.equal(shown({}, "en"), "3 of 3 runs ended, 2 diverged");
    assert.equal(shown({ diverged: 0, failed: 1, state: "failed" }, "ja"), "訓練 3 回中 3 回が終了、失敗 1");
    assert.equal(shown({ diverged: 0 }, "ja"), "訓練 3 回中 3 回が終了");
  }));
