import assert from "node:assert/strict";
import { misplacedOverride } from "../../src/grade/overrides.ts";
import { rubricJsonSchema, rubricSchema } from "../../src/grade/rubric.ts";
import { sayFault } from "../../src/grade/fault.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import type { Language } from "../../src/settings/setting.ts";
import { trainingCost } from "../../src/grade/engine.ts";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { parseYaml } from "../../pipeline/grade/parse_yaml.ts";
import { sampleRubric } from "./sample_rubric.ts";

const RUBRICS = new URL("../../configs/rubrics/", import.meta.url);
const shipped = await Deno.readTextFile(new URL("sprint-nn.yaml", RUBRICS));

function parse(text: string) {
  return parseYaml(text, { file: "r.yaml", schema: rubricSchema, what: "a rubric" }).value;
}

/** What is wrong with the shipped rubric once `from` is `to`. */
function problemsOf(from: string, to: string, language: Language = "en"): string {
  assert.ok(shipped.includes(from), from);
  try {
    parse(shipped.replace(from, to));
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return (language === "ja" ? error.ja : error.message).replaceAll(/r\.yaml:\d+:\d+: /g, "");
  }
  return "";
}

Deno.test("the shipped rubric has the course's eight problems and 100 points in each track", () => {
  const { problems, points, tracks } = parse(shipped);
  assert.deepEqual([problems.length, points, tracks], [8, 100, ["ts", "artifact"]]);
  for (const track of tracks) {
    const checks = problems.flatMap((problem) => problem.checks).filter((check) =>
      check.tracks.includes(track) && !check.bonus
    );
    assert.equal(checks.reduce((sum, check) => sum + check.points, 0), 100);
  }
});

Deno.test("an assignment has a name that is a folder's on Windows too", () => {
  const named = (name: string) => problemsOf("assignment: sprint-nn", `assignment: ${name}`);
  assert.match(named("nul"), /^assignment: must be no name that Windows keeps for devices/);
  assert.match(named("sprint."), /^assignment: must be up to 64 letters.*that do not end with `\.`/);
  for (const name of ["a", "a".repeat(64), "sprint.2"]) assert.equal(named(name), "");
  assert.notEqual(named("a".repeat(65)), "");
});

Deno.test("configs/rubrics/schema.json is up to date", async () => {
  const schema = JSON.parse(await Deno.readTextFile(new URL("schema.json", RUBRICS)));
  assert.deepEqual(schema, JSON.parse(JSON.stringify(rubricJsonSchema())));
  assert.match(shipped, /^# yaml-language-server: \$schema=\.\/schema\.json\n/);
});

Deno.test("what is wrong with a rubric is said with its place, what was found and what is allowed", () => {
  assert.throws(() => parse(shipped.replace("check: moments", "check: moment")), {
    name: "ConfigError",
    message:
      /^r\.yaml:\d+:18: problems\[0\]\.checks\[1\]\.check: must be shapes, moments, .* found the text "moment"; did you mean `moments`\?$/,
  });
  assert.equal(
    problemsOf("keep: best", "keep: first"),
    'attempts.keep: must be best or last, found the text "first"',
  );
  assert.equal(
    problemsOf("of: initialize, points: 4", "of: initialize, point: 4"),
    "The rubric has 2 problems:\nproblems[0].checks[0].points: is missing; it must be a number from 0 to 1000\n" +
      "problems[0].checks[0].point: is not a known key; allowed here: check, of, points, bonus, name, tracks, visibility, hint; did you mean `points`?",
  );
  assert.equal(
    problemsOf("argmax, points: 8", "argmax, points: 9"),
    "The rubric has 2 problems:\nproblems[4].points: must be the sum of its checks in track ts, 9, found 8\n" +
      "problems[4].points: must be the sum of its checks in track artifact, 9, found 8",
  );
  assert.equal(
    problemsOf("        name: vector_sigmoid\n", ""),
    "problems[1].checks[2]: must have a name of its own in track ts, found vector again; write `name:`",
  );
  assert.equal(
    problemsOf("points: 100", "points: 90"),
    "points: must be the sum of the problems' points, 100, found 90",
  );
  assert.equal(
    problemsOf("# due: 2026-05-01T23:59:00+09:00", "due: 2026-05-01"),
    'due: must be a time with its zone, such as 2026-05-01T23:59:00+09:00, found the text "2026-05-01"',
  );
});

Deno.test("bounds that allow nothing, and a cap above all that there is to get, are refused", () => {
  assert.equal(
    problemsOf("units: {", "sigma: { min: 1, max: 0.5 }\n  units: {"),
    "require.sigma.max: must be at least min, 1, or nothing is allowed, found 0.5",
  );
  assert.equal(
    problemsOf("cap: 60", "cap: 160"),
    "cap: must be at most what there is to get, 100, found 160",
  );
  assert.equal(problemsOf("cap: 60", "with_bonus: 110\ncap: 110"), "");
});

Deno.test("whatever is wrong with a rubric is said in Japanese too", () => {
  const said: [from: string, to: string, ja: string][] = [
    [
      "argmax, points: 8",
      "argmax, points: 9",
      "採点基準に 2 件の誤りがあります。\n" +
      "problems[4].points: track ts の項目の点の合計 9 でなければなりませんが、8 です\n" +
      "problems[4].points: track artifact の項目の点の合計 9 でなければなりませんが、8 です",
    ],
    ["points: 100", "points: 90", "points: 問題の配点の合計 100 でなければなりませんが、90 です"],
    ["cap: 60", "with_bonus: 50\ncap: 50", "with_bonus: points の 100 以上でなければなりませんが、50 です"],
    ["cap: 60", "cap: 160", "cap: 得られる最高点 100 以下でなければなりませんが、160 です"],
    ["learned:", "# learned:", "cap: 正解率がいくつを下回ると適用するのかを、`learned` に書いてください"],
    [
      "        name: vector_sigmoid\n",
      "",
      "problems[1].checks[2]: track ts には vector という名前の項目がほかにもあります。`name:` で別の名前を付けてください",
    ],
    [
      "units: {",
      "sigma: { min: 1, max: 0.5 }\n  units: {",
      "require.sigma.max: min の 1 以上でないと使える値がなくなりますが、0.5 です",
    ],
    [
      "# due: 2026-05-01T23:59:00+09:00",
      "due: 2026-05-01",
      "due: 2026-05-01T23:59:00+09:00 のような、時差の付いた日時でなければなりませんが、文字列「2026-05-01」です",
    ],
    [
      "assignment: ",
      "assignment: -",
      "assignment: 英数字、`.`、`_`、`-` からなり `.` で終わらない 64 文字までの名前でなければなりませんが、文字列「-sprint-nn」です",
    ],
    [
      "        name: vector_sigmoid\n",
      "        name: Sigmoid\n",
      "problems[1].checks[2].name: 英小文字、数字、`_` からなる名前でなければなりませんが、文字列「Sigmoid」です",
    ],
  ];
  for (const [from, to, ja] of said) assert.equal(problemsOf(from, to, "ja"), ja);
  const [first, second] = [...shipped.matchAll(/^ {2}- name: (\w+)$/gm)].map(([, name]) => name);
  assert.equal(
    problemsOf(`- name: ${second}\n`, `- name: ${first}\n`, "ja"),
    `problems[1].name: 問題の名前は互いに違っていなければなりませんが、${first} はほかにもあります`,
  );
});

Deno.test("an item of a list of fixed length is told what it must be", () => {
  assert.equal(
    problemsOf("sizes: [784, 60, 30, 10]", "sizes: [784, 60, many, 10]"),
    'programs.initialize.sizes[2]: must be a whole number from 1 to 9007199254740991, found the text "many"',
  );
});

Deno.test("a text that is no rubric at all is said to be none", () => {
  assert.throws(() => parse("[1"), { name: "ConfigError", message: /^r\.yaml:1:\d: cannot be read as YAML/ });
  assert.throws(() => parse("- a"), {
    message: "r.yaml:1:1: a rubric must be a mapping, found a list of 1: [a]",
  });
  assert.throws(() => parse(""), { message: /assignment: is missing/ });
});

Deno.test("an override that names no problem or check of the rubric, or gives too much, is found", () => {
  const misplaced = (override: object) => {
    const found = misplacedOverride(
      [{ student: "a", points: 1, reason: "why", ...override }],
      sampleRubric(),
    );
    return found && sayFault(found.fault, gradeMessages("en"));
  };
  assert.equal(misplaced({}), undefined);
  assert.equal(misplaced({ problem: "forward", check: "value" }), undefined);
  assert.equal(
    misplaced({ problem: "forwards" }),
    "must be a problem of the rubric, found forwards; did you mean `forward`?",
  );
  assert.match(
    misplaced({ problem: "xyz" }) ?? "",
    /^must be a problem of the rubric, found xyz; allowed: forward, /,
  );
  assert.equal(
    misplaced({ problem: "forward", check: "gradcheck" }),
    "must be a check of forward, found gradcheck; allowed: vector, value",
  );
  assert.equal(misplaced({ problem: "forward", check: "value", points: 5 }), "must be at most 4, found 5");
  const { points } = sampleRubric();
  assert.equal(misplaced({ points }), undefined);
  assert.equal(misplaced({ points: points + 1 }), `must be at most ${points}, found ${points + 1}`);
});

Deno.test("a training's cost is a multiple of the course's own", () => {
  const course = {
    dataset: "mnist",
    limit: null,
    validation: 0.2,
    hidden: [400, 200],
    activation: "tanh",
    sigma: 0.01,
    learning_rate: 0.01,
    batch_size: 20,
    epochs: 10,
    reduction: "mean",
  } as const;
  assert.equal(trainingCost(course), 1);
  assert.equal(trainingCost({ ...course, epochs: 50 }), 5);
  assert.ok(trainingCost({ ...course, dataset: "strokes", hidden: [8, 8] }) < 0.01);
});

Deno.test("of several problems it is said that the rubric has them, not a config", () => {
  assert.throws(() => parse("assignment: 3\npoints: many\n"), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, /^The rubric has \d+ problems:\n/);
    assert.match(error.ja, /^採点基準に \d+ 件の誤りがあります。\n/);
    return true;
  });
});
