import assert from "node:assert/strict";
import { checkReferences, refuseImpossibleReferences } from "../../../pipeline/sweep/check_references.ts";
import { runRow } from "../../tables/run_rows.ts";

const objective = { metric: "val_accuracy", goal: "maximize", language: "en" } as const;
const rows = [
  runRow({ trial: 0, val_accuracy: 0.9, test_accuracy: 0.91, test_loss: 0.3 }),
  runRow({ trial: 1, val_accuracy: 0.95, test_accuracy: 0.96, test_loss: 0.2 }),
];

Deno.test("a reference that is missed makes an error of exit code 1 with a table of all", () => {
  const reference = [
    { metric: "test_accuracy", value: 0.96, tolerance: 0.002 },
    { metric: "test_loss", value: 0.25, tolerance: 0.01 },
  ] as const;
  assert.throws(() => checkReferences(rows, { reference: [...reference], report: objective }), {
    name: "UserError",
    exitCode: 1,
    message: [
      "1 of 2 reference metrics is outside the tolerance:",
      "",
      "| metric        | trial | reference | tolerance | found | difference |         |",
      "| ------------- | ----: | --------: | --------: | ----: | ---------: | ------- |",
      "| test_accuracy |     1 |      0.96 |     0.002 |  0.96 |          0 | ok      |",
      "| test_loss     |     1 |      0.25 |      0.01 |   0.2 |      −0.05 | OUTSIDE |",
    ].join("\n"),
    // Characters of two columns are counted as two.
    ja: [
      "参照値 2 個のうち 1 個が許容範囲を外れています。",
      "",
      "指標          試行  参照値  許容範囲  結果     差",
      "テスト正解率     1    0.96     0.002  0.96      0  範囲内",
      "テスト損失       1    0.25      0.01   0.2  −0.05  範囲外",
    ].join("\n"),
  });
  assert.deepEqual(
    checkReferences(rows, { reference: [reference[0]], report: objective }),
    { en: "The reference metric is within the tolerance.", ja: "参照値との差は許容範囲に収まっています。" },
  );
  assert.equal(checkReferences(rows, { report: objective }), null);
});

Deno.test("a reference to a trial that there will not be is refused before anything is trained", () => {
  const reference = (trial?: number) => [{ metric: "test_loss" as const, value: 0.2, tolerance: 0.1, trial }];
  refuseImpossibleReferences({ report: objective }, 1);
  refuseImpossibleReferences({ report: objective, reference: reference() }, 1);
  refuseImpossibleReferences({ report: objective, reference: reference(3) }, 4);
  assert.throws(() => refuseImpossibleReferences({ report: objective, reference: reference(4) }, 4), {
    name: "UserError",
    exitCode: 2,
    message: "Cannot compare with reference 1: its trial must be from 0 to 3, found 4",
  });
});
