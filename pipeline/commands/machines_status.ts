import { withoutControls } from "../../src/text/controls.ts";
import { parseAddress } from "../machines/address.ts";
import type { Access } from "../machines/connect.ts";
import type { SeenMachine } from "../machines/machine_watch.ts";
import type { Messages } from "../messages/messages.ts";
import { teller } from "../progress/warner.ts";
import { type CommandContext, messagesFor } from "./command.ts";

/** `deno task status --on URL`: the machines that work for a server, and how many runs wait. */
export async function printMachines(
  { on, ...access }: Omit<Access, "address"> & { on: string },
  { json, context }: { json: boolean; context: CommandContext },
): Promise<void> {
  const { streams, signal } = context;
  const t = messagesFor(context);
  const [{ Exchange }, { seenMachines }] = await Promise.all([
    import("../machines/exchange.ts"),
    import("../machines/machine_watch.ts"),
  ]);
  await using exchange = await Exchange.open({ ...access, address: parseAddress(on) }, {
    signal,
    tell: teller(streams, t),
  });
  const [machines, queued] = await Promise.all([seenMachines(exchange), exchange.countJobs()]);
  if (json) {
    const plain = machines.map(({ beat, silent, seconds }) => ({ ...beat, silent, seconds }));
    return streams.stdout(`${JSON.stringify({ core: exchange.core, queued, machines: plain })}\n`);
  }
  const lines = [
    t.machines.summary(machines.filter(({ silent }) => !silent).length, queued),
    ...machines.flatMap((machine) => machineLines(machine, { core: exchange.core, t })),
  ];
  streams.stdout(lines.map((line) => `${withoutControls(line)}\n`).join(""));
}

function machineLines(
  { beat: { name, workers, core, images_per_second, doing }, silent, seconds }: SeenMachine,
  { core: ours, t }: { core: string; t: Messages },
): string[] {
  if (silent) return [`  ${t.machines.silentFor(name, t.seconds(seconds))}`];
  const head = `  ${t.machines.line(name, workers, Math.round(images_per_second))}`;
  const other = core === ours ? "" : t.comma + t.machines.otherCore(core);
  const runs = doing.flatMap((run) =>
    run === null ? [] : [`    ${run.label}${t.comma}${t.progress.epoch(String(run.epoch), run.epochs)}`]
  );
  return [head + other, ...runs];
}
