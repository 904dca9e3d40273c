import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { languageOption, openOption, pathParser, portOption } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";
import { showPage } from "./show_page.ts";

const PORT = 8001;

export function labCommand(context: CommandContext): CommandUnknownOpts {
  const t = messagesFor(context);
  const { help } = t;
  return createCommand("lab", context)
    .usage("[options]")
    .description(help.lab.about)
    .addOption(new Option("--out <file>", help.lab.out).argParser(pathParser(help)))
    .addOption(new Option("--weights <dir>", help.lab.weights).argParser(pathParser(help)))
    .addOption(portOption(help, PORT))
    .addOption(openOption(help))
    .addOption(languageOption(help, help.languageAlone))
    .addHelpText("after", help.lab.examples)
    .action(async ({ out, weights, port, open = false }) => {
      const { isLab, makeLab } = await import("../lab/make_lab.ts");
      const page = await makeLab({ language: t.language, weights });
      const show = async (what: string) => {
        if (open) await showPage(what, { streams: context.streams, t });
      };
      if (out !== undefined) {
        const [{ writeOutput }, { because }] = await Promise.all([
          import("../system/write_output.ts"),
          import("../system/reasons.ts"),
        ]);
        await writeOutput(page, {
          path: out,
          option: "--out FILE",
          mayReplace: isLab,
          otherwise: because((t) => t.otherThanLab),
        });
        context.streams.stdout(`${t.files.written(out)}\n`);
        return await show(out);
      }
      const { serveLab } = await import("../lab/serve_lab.ts");
      await serveLab(page, {
        port,
        signal: context.signal,
        async onListen(address) {
          context.streams.stdout(`${t.lab.served(address)}\n`);
          await show(address);
        },
      });
    });
}
