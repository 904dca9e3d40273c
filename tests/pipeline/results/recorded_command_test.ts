import assert from "node:assert/strict";
import { commandLine, shellCommand } from "../../../pipeline/results/recorded_command.ts";

Deno.test("a recorded command is quoted where a shell needs it, and nowhere else", async () => {
  assert.equal(
    commandLine({ config: "configs/course.yaml", set: ["train.epochs=3"], sweep: ["model.hidden=[5],[6]"] }),
    "deno task sweep configs/course.yaml --set 'train.epochs=3' --sweep 'model.hidden=[5],[6]'",
  );
  assert.equal(commandLine({ config: "設定/日本.yaml", set: [] }), "deno task sweep 設定/日本.yaml");
  const words = ["a b.yaml", "it's", "$HOME", "~/x", "a;b", "*", "--x"];
  for (const word of words) {
    const script = commandLine({ config: word, set: [word] }).replace("deno task sweep", "printf '%s|'");
    const { stdout } = await new Deno.Command("sh", { args: ["-c", script] }).output();
    assert.equal(new TextDecoder().decode(stdout), `${word}|--set|${word}|`);
  }
});

Deno.test("in a command to go on with, a word stands for what lets in at a server's address", () => {
  const onOf = (...words: string[]) => shellCommand(["sweep", "a@b.yaml", ...words]);
  const before = "deno task sweep a@b.yaml";
  assert.equal(onOf("--on", "nats://s3cret@lab:4222"), `${before} --on nats://TOKEN@lab:4222`);
  assert.equal(onOf("--on", "s3cret@lab"), `${before} --on TOKEN@lab`);
  assert.equal(onOf("--on=tls://me:s3cret@lab"), `${before} --on=tls://USER:PASSWORD@lab`);
  assert.equal(onOf("--on", "nats://lab:4222"), `${before} --on nats://lab:4222`);
});
