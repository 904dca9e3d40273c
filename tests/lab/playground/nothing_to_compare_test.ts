import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { Reproduce } from "../../../src/lab/playground/reproduce.tsx";
import { Session } from "../../../src/lab/playground/session.ts";
import { playgroundWords } from "../../../src/lab/playground/words.ts";
import { loadKernels } from "../../../src/nn/kernels.ts";
import { settingFrom } from "./settings.ts";

const kernels = await loadKernels();

/** What stands under "compare" after so many batches. */
function note(params: string, batches: number, language: "en" | "ja"): string {
  const setting = settingFrom(params);
  const session = new Session(setting, kernels);
  session.first("principal");
  const frame = session.advance({ batches, until: setting.epochs, view: "principal" });
  const shown = signal({ setting, frame, points: session.points, history: [], result: frame.result });
  const html = render(h(Reproduce, { shown, setting, t: playgroundWords(language) }));
  return /<h3>3\. [^<]*<\/h3><p class="note">(.*?)<\/p>/.exec(html)?.[1] ?? "";
}

Deno.test("where there is nothing to compare, why is told: nothing is trained, no epoch is over, or it diverged", () => {
  const healthy = "data=circle&hidden=4&epochs=50";
  assert.match(note(healthy, 0, "ja"), /^まだ訓練していません。/);
  assert.match(
    note(healthy, 1, "ja"),
    /^まだ 1 エポックも終えていません。設定ファイルのエポック数は 50 です。$/,
  );
  assert.match(note(healthy, 1, "en"), /^No epoch is over yet: the config says 50 epochs\.$/);
  assert.match(note(healthy, 100_000, "en"), /^After epoch 50,/);
  const diverging = "data=circle&hidden=6.6&activation=identity&rate=100&init=gaussian&sigma=3&epochs=50";
  assert.equal(note(diverging, 100_000, "ja"), "発散したので、比べる値はありません。");
  assert.equal(note(diverging, 100_000, "en"), "Diverged: there are no numbers to compare.");
});
