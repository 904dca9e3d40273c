import { type CommandUnknownOpts, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { languageOption, portOption } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

const PORT = 8000;
const HERE = "127.0.0.1";
const EVERYWHERE = "0.0.0.0";

export function viewCommand(context: CommandContext): CommandUnknownOpts {
  const t = messagesFor(context);
  const { help } = t;
  return createCommand("view", context)
    .usage("[folder...] [options]")
    .description(help.view.about)
    .argument("[folder...]", help.view.folders)
    .addOption(portOption(help, PORT))
    .addOption(
      new Option("--host <address>", help.view.host).argParser((text) => {
        if (text !== HERE && text !== EVERYWHERE) throw new InvalidArgumentError(help.view.invalidHost);
        return text;
      }).default(HERE),
    )
    .option("--grades", help.view.grades)
    .addOption(new Option("--open", help.lab.open))
    .addOption(languageOption(help))
    .addHelpText("after", help.view.examples)
    .action(async (folders, { port, host, grades, open = false }) => {
      const [{ serveView }, { viewedFolders }] = await Promise.all([
        import("../view/serve_view.ts"),
        import("../view/viewed_folders.ts"),
      ]);
      const token = host === HERE ? null : crypto.randomUUID().replaceAll("-", "");
      await serveView({
        ...viewedFolders(folders),
        hostname: host,
        token,
        // Students are named in them: other machines see them where that was asked for.
        grades: grades ?? token === null,
        port,
        language: t.language,
        signal: context.signal,
        async onListen({ port }) {
          const address = `http://${HERE}:${port}/${token === null ? "" : `?token=${token}`}`;
          context.streams.stdout(`${t.view.served(address)}\n`);
          if (token !== null) {
            context.streams.stdout(`${t.view.servedToAll(`http://<address>:${port}/?token=${token}`)}\n`);
          }
          if (!open) return;
          const { openFile } = await import("../system/open_file.ts");
          if (!await openFile(address)) context.streams.stderr(`${t.note} ${t.sweep.noBrowser(address)}\n`);
        },
      });
    });
}
