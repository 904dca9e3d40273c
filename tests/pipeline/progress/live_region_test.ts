import assert from "node:assert/strict";
import { LiveRegion } from "../../../pipeline/progress/live_region.ts";
import { RecordedStreams } from "./virtual_terminal.ts";

function regionOn(columns: number, rows: number): { region: LiveRegion; streams: RecordedStreams } {
  const streams = new RecordedStreams({ terminal: true, columns, rows });
  return { region: new LiveRegion(streams), streams };
}

Deno.test("each frame takes the place of the former one, also where it has fewer or shorter lines", () => {
  const { region, streams } = regionOn(40, 10);
  streams.stderr("before\n");
  region.draw(["sweep 10%", "worker one is busy", "worker two is busy"]);
  region.draw(["sweep 20%", "worker one", "worker two"]);
  assert.deepEqual(streams.screen.lines, ["before", "sweep 20%", "worker one", "worker two"]);
  region.draw(["sweep 30%"]);
  assert.deepEqual(streams.screen.lines, ["before", "sweep 30%"]);
  region.draw(["sweep 40%", "worker one"]);
  assert.deepEqual(streams.screen.lines, ["before", "sweep 40%", "worker one"]);
});

Deno.test("printed lines go above the region and stay, also those that wrap", () => {
  const { region, streams } = regionOn(20, 10);
  region.draw(["sweep 10%", "worker one is busy"]);
  region.draw(["sweep 20%", "worker one"], "a warning of more than twenty columns\nand one more\n");
  region.draw(["sweep 30%", "worker one"]);
  assert.deepEqual(streams.screen.lines, [
    "a warning of more th",
    "an twenty columns",
    "and one more",
    "sweep 30%",
    "worker one",
  ]);
});

Deno.test("frames at the lower edge of the screen scroll it once and no more", () => {
  const { region, streams } = regionOn(40, 5);
  streams.stderr("1\n2\n3\n4\n");
  for (let i = 0; i < 5; i++) region.draw([`sweep ${i}`, "one", "two"]);
  assert.deepEqual(streams.screen.lines, ["1", "2", "3", "4", "sweep 4", "one", "two"]);
});

Deno.test("lines that would not fit above the lower edge are left out", () => {
  const { region, streams } = regionOn(40, 4);
  for (let i = 0; i < 3; i++) region.draw([`sweep ${i}`, "one", "two", "three", "four"]);
  assert.deepEqual(streams.screen.lines, ["sweep 2", "one", "two"]);
});

Deno.test("nothing is left over when the terminal is made narrower and wider", () => {
  const { region, streams } = regionOn(100, 20);
  const frame = () => {
    const width = streams.screen.columns - 1;
    return ["s".repeat(width), "a".repeat(width), "b".repeat(width)];
  };
  streams.stderr("before\n");
  region.draw(frame());
  for (const columns of [70, 30, 90, 40, 39, 100]) {
    streams.screen.resize(columns);
    region.draw(frame());
    assert.deepEqual(streams.screen.lines, ["before", ...frame()]);
  }
});

Deno.test("a terminal that tells its new width late, as tmux does, is clean once it has told", () => {
  const { region, streams } = regionOn(100, 20);
  streams.stderr("before\n");
  region.draw(["s".repeat(99), "a".repeat(99), "b".repeat(99)]);
  streams.screen.resize(60);
  const { size } = streams;
  streams.size = () => ({ columns: 100, rows: 20 });
  for (let i = 0; i < 3; i++) region.draw(["s".repeat(99), "a".repeat(99), "b".repeat(99)]);
  streams.size = size;
  region.draw(["s".repeat(59), "a".repeat(59), "b".repeat(59)]);
  assert.deepEqual(streams.screen.lines, ["before", "s".repeat(59), "a".repeat(59), "b".repeat(59)]);
});

Deno.test("the ^C that a terminal echoes disappears with the next frame", () => {
  const { region, streams } = regionOn(20, 10);
  region.draw(["sweep".padEnd(19, "."), "worker".padEnd(19, ".")]);
  streams.screen.write("^C");
  region.draw(["sweep".padEnd(19, "!"), "worker".padEnd(19, "!")]);
  assert.deepEqual(streams.screen.lines, ["sweep!!!!!!!!!!!!!!", "worker!!!!!!!!!!!!!"]);
});

Deno.test("close() erases the region, leaves what it prints and gives the cursor back", () => {
  const { region, streams } = regionOn(40, 10);
  region.draw(["sweep 10%", "worker one"]);
  assert.equal(streams.screen.cursorVisible, false);
  region.close("sweep 100%\n");
  assert.deepEqual(streams.screen.lines, ["sweep 100%"]);
  assert.equal(streams.screen.cursorVisible, true);
  assert.equal(streams.screen.wrap, true);
});

Deno.test("a region that never drew writes nothing but what it is told to print", () => {
  const { region, streams } = regionOn(40, 10);
  region.close();
  assert.equal(streams.err, "");
  region.close("done\n");
  assert.equal(streams.err, "done\n");
});
