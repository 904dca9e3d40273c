import assert from "node:assert/strict";
import { createReporter } from "../../../pipeline/progress/create_reporter.ts";
import { JsonReporter } from "../../../pipeline/progress/json_reporter.ts";
import { PlainReporter } from "../../../pipeline/progress/plain_reporter.ts";
import { QuietReporter } from "../../../pipeline/progress/quiet_reporter.ts";
import { TerminalReporter } from "../../../pipeline/progress/terminal_reporter.ts";
import { RecordedStreams } from "./virtual_terminal.ts";

Deno.test("--json and --quiet go before what the terminal would allow", () => {
  const cases = [
    { json: true, quiet: false, terminal: true, reporter: JsonReporter },
    { json: false, quiet: true, terminal: true, reporter: QuietReporter },
    { json: false, quiet: false, terminal: true, reporter: TerminalReporter },
    { json: false, quiet: false, terminal: false, reporter: PlainReporter },
  ];
  for (const { json, quiet, terminal, reporter } of cases) {
    const created = createReporter({ json, quiet, streams: new RecordedStreams({ terminal }), now: () => 0 });
    created.close();
    assert.ok(created instanceof reporter);
  }
});
