import assert from "node:assert/strict";
import type { PipelineEvent } from "../../../pipeline/progress/events.ts";
import { JsonReporter } from "../../../pipeline/progress/json_reporter.ts";
import { epoch, finish, plan, runEnd, runStart } from "./sample_events.ts";
import { RecordedStreams } from "./virtual_terminal.ts";

Deno.test("every event is one line of JSON on standard output, and nothing else is written", () => {
  const events: PipelineEvent[] = [
    { type: "step", step: "download", status: "started" },
    { type: "download", file: "images.gz", bytes: 1, total: null },
    plan({ name: "two\nlines" }),
    runStart(),
    epoch(),
    runEnd(),
    { type: "note", message: "note" },
    { type: "warning", message: "warning" },
    finish(),
  ];
  const streams = new RecordedStreams();
  const reporter = new JsonReporter(streams);
  for (const event of events) reporter.handle(event);
  reporter.close();
  const lines = streams.out.split("\n");
  assert.equal(lines.pop(), "");
  assert.deepEqual(lines.map((line) => JSON.parse(line)), events);
  assert.equal(streams.err, "");
});

Deno.test("a loss that is not finite becomes null, so that every line is valid JSON", () => {
  const streams = new RecordedStreams();
  new JsonReporter(streams).handle(epoch({ train_loss: NaN, val_loss: Infinity }));
  const { train_loss, val_loss } = JSON.parse(streams.out);
  assert.deepEqual([train_loss, val_loss], [null, null]);
});
