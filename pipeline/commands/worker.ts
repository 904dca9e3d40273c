import { type CommandUnknownOpts, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { teller } from "../progress/warner.ts";
import type { Messages } from "../messages/messages.ts";
import { projectPath } from "../system/place.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";
import {
  caOption,
  credsOption,
  languageOption,
  pathParser,
  projectOption,
  workersOption,
} from "./options.ts";

/** `deno task worker`: it starts itself once more, with no permission but what the address and the folder need. */
export function workerCommand(context: CommandContext): CommandUnknownOpts {
  const t = messagesFor(context);
  const { help } = t;
  return createCommand("worker", context)
    .usage("<url> [options]")
    .description(help.worker.about)
    .argument("<url>", help.worker.url)
    .addOption(workersOption(help))
    .addOption(
      new Option("--folder <dir>", help.worker.folder(projectFolder())).argParser(pathParser(help)),
    )
    .addOption(new Option("--name <name>", help.worker.name).argParser(pathParser(help)))
    .addOption(credsOption(help))
    .addOption(caOption(help))
    .addOption(projectOption(help))
    .addOption(new Option("--lease <seconds>", help.worker.lease).argParser((text) => parseLease(text, help)))
    .addOption(languageOption(help, help.languageAlone))
    .addHelpText("after", help.worker.examples)
    .action(async (url, { folder = projectFolder(), name, creds, ca, project, workers, lease }) => {
      const { signal, streams } = context;
      const { parseAddress } = await import("../machines/address.ts");
      const address = parseAddress(url);
      if (!isLaunched()) {
        const { launchWorker } = await import("../machines/launch_worker.ts");
        return await launchWorker({ address, url, folder, name, creds, ca, project, workers, lease }, {
          language: t.language,
          signal,
        });
      }
      const { serveMachine } = await import("../machines/serve_machine.ts");
      const launcher = new AbortController();
      void whenInputEnds().then(() => launcher.abort());
      await serveMachine(
        { access: { address, creds, ca, project }, folder, workers, lease, name: name ?? "machine" },
        { signal: AbortSignal.any([signal, launcher.signal]), tell: teller(streams, t) },
      );
    });
}

function parseLease(text: string, help: Messages["help"]): number {
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (seconds < 2 || seconds > 3600) throw new InvalidArgumentError(help.worker.invalidLease);
  return seconds;
}

/** Whoever started this process has gone, or wants it to end. */
async function whenInputEnds(): Promise<void> {
  for await (const _ of Deno.stdin.readable);
}

/** What was launched is told a folder, and may not look where the project lies. */
function projectFolder(): string {
  return isLaunched() ? "" : projectPath(".worker/");
}

function isLaunched(): boolean {
  return Deno.permissions.querySync({ name: "run" }).state !== "granted";
}
