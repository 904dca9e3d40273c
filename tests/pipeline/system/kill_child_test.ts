import assert from "node:assert/strict";
import { killChild } from "../../../pipeline/system/kill_child.ts";

const denied = new Deno.errors.PermissionDenied("Access is denied. (os error 5)");
const failing = (error: Error) => ({
  kill() {
    throw error;
  },
});

Deno.test("a process that has just ended is none to end: as Deno says it, and as Windows does", () => {
  killChild(failing(new TypeError("Child process has already terminated")), false);
  killChild(failing(new Deno.errors.NotFound("ESRCH")), false);
  killChild(failing(denied), true);
});

Deno.test("that a process may not be ended is told elsewhere", () => {
  assert.throws(() => killChild(failing(denied), false), denied);
  assert.throws(() => killChild(failing(new RangeError("bug")), true), RangeError);
});

Deno.test("a process that runs is ended, and once more without an error", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "setInterval(() => {}, 1000)"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  })
    .spawn();
  killChild(child);
  assert.equal((await child.status).success, false);
  killChild(child);
});
