import assert from "node:assert/strict";
import config from "../deno.json" with { type: "json" };

Deno.test("what Deno lists for a mistyped task is a line or two of a screen for each, and no flags", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "sweeep"],
    cwd: new URL("../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  assert.equal(code, 1);
  const listed = new TextDecoder().decode(stderr).split("\n");
  for (const [name, { command }] of Object.entries(config.tasks)) {
    assert.ok(listed.includes(`    ${command}`), name);
    // The two places of V8's flags, by which other tasks run programs.
    if (name === "kernels" || name === "small-heap") continue;
    assert.ok(command.length <= 100, `${name}: ${command.length} characters`);
    assert.doesNotMatch(command, /--v8-flags|--allow|--no-/, name);
  }
  assert.ok(listed.length <= 3 * Object.keys(config.tasks).length + 3, `${listed.length} lines`);
});

Deno.test("commands that people call in turn run with the same V8 flags: under others, Deno compiles all anew", () => {
  for (const name of ["sweep", "status", "report", "compare", "best", "verify", "gc"] as const) {
    assert.match(config.tasks[name].command, /^deno task -q kernels -P=\w+ pipeline\/main\.ts /, name);
  }
});
