import { Argument, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { projectPath } from "../system/place.ts";

// The arguments and options that several commands have, each a new one for each command line.

const MAX_WORKERS = 256;

export const configArgument = () =>
  new Argument("[config]", "the experiment, a YAML file").default(projectPath("configs/quickstart.yaml"));

export const setOption = () =>
  new Option("--set <path=value>", "change a setting of the config; may be repeated").argParser(addOverride);

export const sweepOption = () =>
  new Option("--sweep <path=values>", "try these values, split by commas; may be repeated")
    .argParser(addOverride);

export const outOption = (
  description = `folder of the results (default: ${projectPath("results/<name>")})`,
) => new Option("--out <dir>", description).argParser(parsePath);

export const storeOption = () =>
  new Option("--store <dir>", "folder of what need not be computed twice")
    .argParser(parsePath).default(projectPath(".store/"));

export const mirrorOption = () =>
  new Option("--mirror <dir|url>", "where to take the data set's files from, instead of the network")
    .argParser(parsePath);

export const quietOption = (description = "print warnings and the result only") =>
  new Option("--quiet", description);

/** By default as many as there are cores. */
export function workersOption(description = "runs to train at once") {
  const cores = Math.min(MAX_WORKERS, navigator.hardwareConcurrency);
  return new Option("--workers <n>", description).argParser(parseWorkers)
    .default(cores, `${cores}, the cores`);
}

export function parsePath(text: string): string {
  if (text === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}

function addOverride(text: string, former: string[] = []): string[] {
  if (!/^[^=]*[^=\s][^=]*=/.test(text)) {
    throw new InvalidArgumentError("It must be path=value, such as train.epochs=3.");
  }
  return [...former, text];
}

function parseWorkers(text: string): number {
  const workers = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > MAX_WORKERS) {
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_WORKERS}.`);
  }
  return workers;
}
