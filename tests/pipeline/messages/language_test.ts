import assert from "node:assert/strict";
import { askedLanguage, chooseLanguage, environmentLanguage } from "../../../pipeline/messages/language.ts";
import { deno } from "../../end_to_end/command_line.ts";

Deno.test("--language comes before the config's language, that before the environment's", () => {
  assert.equal(chooseLanguage({ asked: "en", environment: "ja" }, "ja"), "en");
  assert.equal(chooseLanguage({ asked: undefined, environment: "en" }, "ja"), "ja");
  assert.equal(chooseLanguage({ asked: undefined, environment: "ja" }, "en"), "en");
  assert.equal(chooseLanguage({ environment: "ja" }), "ja");
});

Deno.test("of LC_ALL, LC_MESSAGES and LANG the first that is set decides, and all but ja is English", () => {
  const cases: [Record<string, string>, string][] = [
    [{}, "en"],
    [{ LANG: "ja_JP.UTF-8" }, "ja"],
    [{ LANG: "ja" }, "ja"],
    [{ LANG: "JA_jp" }, "ja"],
    [{ LANG: "jav_ID" }, "en"],
    [{ LANG: "de_DE.UTF-8" }, "en"],
    [{ LANG: "ja_JP.UTF-8", LC_ALL: "C" }, "en"],
    [{ LANG: "ja_JP.UTF-8", LC_ALL: "" }, "ja"],
    [{ LANG: "ja_JP.UTF-8", LC_MESSAGES: "en_US.UTF-8" }, "en"],
    [{ LANG: "C", LC_MESSAGES: "ja_JP.UTF-8" }, "ja"],
    [{ LANG: "C", LC_MESSAGES: "C", LC_ALL: "ja_JP.UTF-8" }, "ja"],
  ];
  for (const [variables, language] of cases) {
    assert.equal(environmentLanguage((name) => variables[name]), language, JSON.stringify(variables));
  }
});

Deno.test("--language is found in a command line before it is parsed, the last one, and only a known one", () => {
  assert.equal(askedLanguage(["sweep", "--language", "ja"]), "ja");
  assert.equal(askedLanguage(["sweep", "--language=ja", "--help"]), "ja");
  assert.equal(askedLanguage(["sweep", "--language", "ja", "--language", "en"]), "en");
  assert.equal(askedLanguage(["sweep", "--language", "fr"]), undefined);
  assert.equal(askedLanguage(["sweep", "--language"]), undefined);
  assert.equal(askedLanguage(["sweep"]), undefined);
});

Deno.test("each task may read the variables: a command line that is wrong is answered in the language of LANG", async () => {
  for (const task of ["sweep", "status", "best", "verify", "gc", "grade", "schema"]) {
    const answer = async (env: Record<string, string>) =>
      (await deno(["task", "-q", task, "--wrong"], { env: { LC_ALL: "", LC_MESSAGES: "", ...env } })).err;
    assert.match(
      await answer({ LANG: "ja_JP.UTF-8" }),
      /使い方は `deno task \S+ --help` で確認できます/,
      task,
    );
    assert.match(await answer({ LANG: "C" }), /See `deno task \S+ --help`/, task);
  }
});
