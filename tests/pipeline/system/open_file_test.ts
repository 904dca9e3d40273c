import assert from "node:assert/strict";
import { openCommand } from "../../../pipeline/system/open_file.ts";

Deno.test("on Windows an address is opened by what takes its query too, a file by what takes any name", () => {
  const address = "http://127.0.0.1:8001/?token=1";
  assert.deepEqual(openCommand(address, "windows"), ["rundll32", "url.dll,FileProtocolHandler", address]);
  assert.deepEqual(openCommand("C:\\結果\\report.html", "windows"), ["explorer", "C:\\結果\\report.html"]);
  assert.deepEqual(openCommand(address, "darwin"), ["open", address]);
  assert.deepEqual(openCommand(address, "linux"), ["xdg-open", address]);
});
