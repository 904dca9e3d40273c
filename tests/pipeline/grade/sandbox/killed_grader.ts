import { startProgram } from "../../../../pipeline/grade/sandbox/start_program.ts";

// Starts a program that never ends, says which process it is and where, and waits to be killed.
const program = startProgram(
  "export const where = () => [Deno.pid, Deno.cwd()].join(' '); export const endless = () => { for (;;); };",
);
const result = await program.call("where", null);
if (result.status !== "ok") throw new Error(`The call must go well, found ${Deno.inspect(result)}`);
console.log(result.value);
await program.call("endless", null);
