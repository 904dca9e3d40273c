import { withPlaceholder } from "../system/secrets.ts";

/** The command that gives a sweep's results again, as a POSIX shell takes it. */
export function commandLine(
  { config, set, sweep = [] }: {
    config: string;
    set: readonly string[];
    sweep?: readonly string[] | undefined;
  },
): string {
  return [
    "deno task sweep",
    quoteWord(config),
    ...set.map((value) => `--set ${quote(value)}`),
    ...sweep.map((value) => `--sweep ${quote(value)}`),
  ].join(" ");
}

/** A command line of this program, the verb first, as it was typed, but for what lets in at a server's address: a word stands for it. */
export function shellCommand(args: readonly string[]): string {
  const words = args.map((word, i) => {
    const [, option = "", value] = /^(--on=)?(.*)$/s.exec(word)!;
    const isAddress = option !== "" || args[i - 1] === "--on" || /^(nats|tls):\/\//.test(value);
    return quoteWord(isAddress ? option + withPlaceholder(value) : word);
  });
  return ["deno task", ...words].join(" ");
}

/** In quotes only where a shell would take it for something else. */
function quoteWord(text: string): string {
  return /^[\p{L}\p{N}_.,:@%+/-][\p{L}\p{N}_.,:@%+=/~-]*$/u.test(text) ? text : quote(text);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
