import { InvalidArgumentError, Option } from "@commander-js/extra-typings";

const MAX_WORKERS = 256;

/** Reads one more `--set` or `--sweep`. */
export function addOverride(text: string, former: string[] = []): string[] {
  if (!/^[^=]*[^=\s][^=]*=/.test(text)) {
    throw new InvalidArgumentError("It must be path=value, such as train.epochs=3.");
  }
  return [...former, text];
}

/** Reads a file's or folder's path. */
export function parsePath(text: string): string {
  if (text === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}

/** `--workers`, by default as many as there are cores. */
export function workersOption() {
  const cores = Math.min(MAX_WORKERS, navigator.hardwareConcurrency);
  return new Option("--workers <n>", "runs to train at once").argParser(parseWorkers)
    .default(cores, `${cores}, the cores`);
}

function parseWorkers(text: string): number {
  const workers = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > MAX_WORKERS) {
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_WORKERS}.`);
  }
  return workers;
}
