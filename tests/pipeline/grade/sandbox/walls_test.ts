import assert from "node:assert/strict";
import { systemEnvironment } from "../../../../pipeline/grade/sandbox/walls.ts";

Deno.test("a student's program is told where the system's programs are, and on Windows where the system is", () => {
  const PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
  if (Deno.build.os !== "windows") assert.deepEqual(systemEnvironment(), { PATH });
  assert.deepEqual(systemEnvironment("C:\\Windows"), { PATH, SystemRoot: "C:\\Windows" });
});
