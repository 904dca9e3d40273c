import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { Language } from "../../src/text/language.ts";
import { messages, say } from "../messages/messages.ts";
import { tellNotes } from "../progress/warner.ts";
import { UserError } from "../system/errors.ts";
import { languageOption, pathParser } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

const PAGE = "compare.html";

export function compareCommand(context: CommandContext): CommandUnknownOpts {
  const { help } = messagesFor(context);
  return createCommand("compare", context)
    .usage("<results> <results>... [options]")
    .description(help.compare.about)
    .argument("<results...>", help.compare.results)
    .option("--md", help.compare.md)
    .addOption(new Option("--csv", help.compare.csv).conflicts("md"))
    .addOption(
      new Option("--html [file]", help.compare.html(PAGE)).argParser(pathParser(help)).preset(PAGE)
        .conflicts(["md", "csv"]),
    )
    .addOption(languageOption(help, help.compare.language))
    .option("--replace", help.compare.replace)
    .addHelpText("after", help.compare.examples)
    .action(async (places, { md = false, csv = false, html, language, replace = false }) => {
      if (places.length < 2) {
        throw new UserError(say(({ errors }) => errors.tooFewResults(places.join())));
      }
      if (html === undefined && replace) {
        throw new UserError(say(({ errors }) => errors.replaceWithoutPage));
      }
      if (csv && language !== undefined) throw new UserError(say(({ errors }) => errors.csvHasNoLanguage));
      if (html !== undefined) {
        const { writeComparisonPage } = await import("../report/comparison_page.ts");
        const written = await writeComparisonPage(places, {
          file: html,
          replace,
          language,
          args: context.args,
        });
        const t = messagesFor(context, written.language === "ja" ? "ja" : undefined);
        tellNotes(context.streams, t, written.notes);
        return context.streams.stdout(`${t.files.written(html)}\n`);
      }
      const { comparePlaces } = await import("../results/compare.ts");
      const format = csv ? "csv" : md ? "markdown" : "text";
      const choose = (results?: Language) => messagesFor(context, results).language;
      const compared = await comparePlaces(places, format, choose);
      tellNotes(context.streams, messages(compared.language), compared.notes);
      context.streams.stdout(compared.text);
    });
}
