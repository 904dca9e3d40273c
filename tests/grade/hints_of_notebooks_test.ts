import assert from "node:assert/strict";
import { messagesOfNotebook } from "../../src/grade/messages/messages.ts";
import { methodOf } from "../../src/grade/mistakes/diagnose.ts";
import { FORWARD } from "../../src/grade/mistakes/forward.ts";
import { LANGUAGES } from "../../src/settings/setting.ts";
import { byName, gradeOfProbe, NOTEBOOK, probeOf } from "./made_probe.ts";

Deno.test("who handed in a notebook is told nothing to do with a manifest, which it has not", async () => {
  const probe = probeOf(methodOf([FORWARD.identity_in_layer_2.variants[0]]), "mean");
  const { hint } = byName(await gradeOfProbe(probe, "mean", NOTEBOOK, { activation: "tanh" }), "vector");
  assert.equal(hint, "Use the activation that is asked for in each hidden layer.");
  assert.match(
    byName(await gradeOfProbe(probe, "mean", undefined, { activation: "tanh" }), "vector").hint ?? "",
    /manifest/,
  );
  for (const language of LANGUAGES) {
    const { mistakes, moments } = messagesOfNotebook(language).checks;
    for (const { hint } of Object.values(mistakes)) assert.doesNotMatch(hint, /manifest/);
    assert.doesNotMatch(moments.unstated(0.01) + moments.state, /manifest/);
  }
});
