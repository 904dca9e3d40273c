import { type CommandUnknownOpts, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { languageOption, openOption, portOption } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";
import { showPage } from "./show_page.ts";

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
    .addOption(openOption(help))
    .addOption(languageOption(help, help.languageAlone))
    .addHelpText("after", help.view.examples)
    .action(async (folders, { port, host, grades, open = false }) => {
      const [{ serveView }, { viewedFolders }] = await Promise.all([
        import("../view/serve_view.ts"),
        import("../view/viewed_folders.ts"),
      ]);
      const token = host === HERE ? null : crypto.randomUUID().replaceAll("-", "");
      await serveView({
        folders: viewedFolders(folders),
        cwd: Deno.cwd(),
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
          if (open) await showPage(address, { streams: context.streams, t });
        },
      });
    });
}
