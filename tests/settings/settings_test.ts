import assert from "node:assert/strict";
import { z } from "zod";
import { setting, shapeOf } from "../../src/settings/setting.ts";
import {
  needsTotal,
  SETTING_COLUMNS,
  settingCells,
  settingLabel,
  SETTINGS,
  type Settings,
  settingsShape,
  shortSettingName,
} from "../../src/settings/settings.ts";

const schema = z.strictObject(settingsShape);
const settings: Settings = schema.parse({});

Deno.test("the columns of the settings are those that results.csv has, in its order", () => {
  assert.deepEqual(Object.keys(SETTING_COLUMNS), [
    "standardise",
    "hidden",
    "activation",
    "init",
    "sigma",
    "bias",
    "epochs",
    "batch_size",
    "learning_rate",
    "optimizer",
    "weight_decay",
    "clip_norm",
    "reduction",
    "shuffle",
    "schedule",
    "early_stopping",
    "dropout",
    "input_noise",
  ]);
});

Deno.test("settingCells() reads each column from its setting, and null where a trial has none", () => {
  assert.deepEqual(settingCells(settings), {
    standardise: null,
    hidden: [400, 200],
    activation: "tanh",
    init: "gaussian",
    sigma: 0.01,
    bias: "gaussian",
    epochs: 10,
    batch_size: 20,
    learning_rate: 0.01,
    optimizer: "sgd",
    weight_decay: null,
    clip_norm: null,
    reduction: "mean",
    shuffle: "once",
    schedule: null,
    early_stopping: null,
    dropout: null,
    input_noise: null,
  });
  const he = schema.parse({ model: { init: { method: "he", bias: "zero" } }, train: { batch_size: "full" } });
  const { init, sigma, bias, batch_size } = settingCells(he);
  assert.deepEqual({ init, sigma, bias, batch_size }, {
    init: "he",
    sigma: null,
    bias: "zero",
    batch_size: "full",
  });
});

Deno.test("settingLabel() finds a setting by its path, key or column, and calls it as reports do", () => {
  assert.equal(settingLabel("train.learning_rate", "ja"), "学習率");
  assert.equal(settingLabel("learning_rate", "ja"), "学習率");
  assert.equal(settingLabel("learning_rate", "en"), "learning rate");
  assert.equal(settingLabel("init", "ja"), "初期化");
  assert.equal(settingLabel("model.init.method", "ja"), "初期化の方法");
  assert.equal(settingLabel("train", "ja"), undefined);
  assert.equal(settingLabel("toString", "en"), undefined);
  const labels = [
    "hidden",
    "method",
    "sigma",
    "bias",
    "batch_size",
    "optimizer",
    "validation",
    "scale",
    "limit",
  ]
    .map((name) => settingLabel(name, "ja"));
  assert.deepEqual(labels, [
    "隠れ層",
    "初期化の方法",
    "初期値の標準偏差 σ",
    "バイアスの初期値",
    "バッチサイズ",
    "最適化手法",
    "検証データの割合",
    "画素値の除数",
    "画像数の上限",
  ]);
});

Deno.test("every setting says in both languages what it means, and has its short name", () => {
  for (const [path, { description, label }] of Object.entries(SETTINGS)) {
    for (const text of [description.en, description.ja, label.ja]) assert.notEqual(text, "", path);
  }
  assert.equal(shortSettingName("train.learning_rate"), "lr");
  assert.equal(shortSettingName("train.optimizer"), "optimizer");
});

Deno.test("a setting needs the total of epochs where it says so of its value alone", () => {
  assert.equal(needsTotal(settings), false);
  const schedule = { ...SETTINGS["train.reduction"], needsTotal: (value: unknown) => value === "sum" };
  const planted = { ...SETTINGS, "train.reduction": schedule };
  assert.equal(needsTotal(settings, planted), false);
  const summed = schema.parse({ train: { reduction: "sum" } });
  assert.equal(needsTotal(summed, planted), true);
  assert.equal(needsTotal(summed), false);
});

Deno.test("a schema made of settings says what each of them is", () => {
  const decay = setting({
    schema: z.number().min(0).default(0),
    description: { en: "Decay.", ja: "減衰。" },
    label: { ja: "減衰" },
  });
  const shape = shapeOf({ decay });
  assert.deepEqual(z.strictObject(shape).parse({}), { decay: 0 });
  assert.equal(shape.decay.description, "Decay.");
});
