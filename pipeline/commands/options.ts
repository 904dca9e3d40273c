import { Argument, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { LANGUAGES } from "../../src/text/language.ts";
import type { Messages } from "../messages/messages.ts";
import { projectPath } from "../system/place.ts";

// The arguments and options that several commands have, each a new one for each command line.

const MAX_WORKERS = 256;

type Help = Messages["help"];

export const configArgument = (help: Help) =>
  new Argument("[config]", help.config).default(projectPath("configs/quickstart.yaml"));

export const setOption = (help: Help) =>
  new Option("--set <path=value>", help.set).argParser((text, former?: string[]) =>
    addOverride(text, help, former)
  );

export const sweepOption = (help: Help) =>
  new Option("--sweep <path=values>", help.sweepValues).argParser((text, former?: string[]) =>
    addOverride(text, help, former)
  );

export const outOption = (help: Help, description = help.out(projectPath("results/<name>"))) =>
  new Option("--out <dir>", description).argParser(pathParser(help));

export const storeOption = (help: Help) =>
  new Option("--store <dir>", help.store).argParser(pathParser(help)).default(projectPath(".store/"));

export const mirrorOption = (help: Help) =>
  new Option("--mirror <dir|url>", help.mirror).argParser(pathParser(help));

export const quietOption = (help: Help, description = help.quiet) => new Option("--quiet", description);

/** Whether what is served is shown at once. */
export const openOption = (help: Help) => new Option("--open", help.serve.open);

/** Where a page is served. */
export const portOption = (help: Help, standard: number) =>
  new Option("--port <n>", help.serve.port).argParser((text) => parsePort(text, help)).default(standard);

/** By default as many as there are cores. */
export function workersOption(help: Help, description = help.workers) {
  const cores = Math.min(MAX_WORKERS, navigator.hardwareConcurrency);
  return new Option("--workers <n>", description).argParser((text) => parseWorkers(text, help))
    .default(cores, help.cores(cores));
}

/** Seconds, or a number of minutes as `10m`. */
export const budgetOption = (help: Help, standard: number) =>
  new Option("--budget <time>", help.grade.budget(standard / 60)).argParser((text) =>
    parseBudget(text, help)
  );

/** Its value is in the command's context already: it counts for the help too. */
export const languageOption = (help: Help, description = help.language) =>
  new Option("--language <language>", description).choices(LANGUAGES);

export function pathParser(help: Help): (text: string) => string {
  return (text) => {
    if (text === "") throw new InvalidArgumentError(help.invalid.empty);
    return text;
  };
}

function addOverride(text: string, help: Help, former: string[] = []): string[] {
  if (!/^[^=]*[^=\s][^=]*=/.test(text)) throw new InvalidArgumentError(help.invalid.override);
  return [...former, text];
}

function parsePort(text: string, help: Help): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65535)) throw new InvalidArgumentError(help.serve.invalidPort);
  return port;
}

const MAX_BUDGET = 24 * 3600;

function parseBudget(text: string, help: Help): number {
  const [, count = "", unit = "s"] = /^(\d{1,6})([smh]?)$/.exec(text) ?? [];
  const seconds = Number(count) * (unit === "h" ? 3600 : unit === "m" ? 60 : 1);
  if (seconds < 1 || seconds > MAX_BUDGET) throw new InvalidArgumentError(help.invalid.budget);
  return seconds;
}

function parseWorkers(text: string, help: Help): number {
  const workers = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > MAX_WORKERS) throw new InvalidArgumentError(help.invalid.workers(MAX_WORKERS));
  return workers;
}
