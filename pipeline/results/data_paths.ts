import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Experiment } from "../../src/config/schema.ts";
import type { FileKeys } from "../../src/config/schemas/data_file_schema.ts";
import { mapFiles } from "../steps/download/locate_files.ts";
import { fromRecorded } from "../system/place.ts";

type Dataset = Experiment["dataset"];

/** Whether a config of this data set must lie in one folder, as it has paths that are relative to that. */
export function hasRelativePaths(dataset: Dataset): boolean {
  let found = false;
  mapPaths(dataset, (path) => {
    found ||= !isAbsolute(path);
    return path;
  });
  return found;
}

/** The data set of the config that a manifest names, with its relative paths as the config `file` has to write them. */
export function movedDataset(dataset: Dataset, { config, file }: { config: string; file: string }): Dataset {
  const [from, to] = [dirname(fromRecorded(config)), dirname(resolve(file))];
  return mapPaths(dataset, (path) => {
    if (isAbsolute(path)) return path;
    const moved = relative(to, resolve(from, path)) || ".";
    return Deno.build.os === "windows" ? moved.replaceAll("\\", "/") : moved;
  });
}

function mapPaths(dataset: Dataset, change: (path: string) => string): Dataset {
  const moved = <File extends FileKeys>(file: File): File =>
    file.path === undefined ? file : { ...file, path: change(file.path) };
  if (typeof dataset === "string" || "points" in dataset) return dataset;
  if ("idx" in dataset) return { idx: mapFiles(dataset.idx, moved) };
  if ("folder" in dataset) return { folder: moved(dataset.folder) };
  if ("npz" in dataset) return { npz: moved(dataset.npz) };
  const { test } = dataset.csv;
  return { csv: { ...moved(dataset.csv), test: typeof test === "number" ? test : moved(test) } };
}
