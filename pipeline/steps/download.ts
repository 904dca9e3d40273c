import type { Texts } from "../../src/text/language.ts";
import { remark } from "../progress/events.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { type DatasetName, DATASETS } from "../../src/data/catalogue.ts";
import { type Points, POINTS_VERSION } from "../../src/data/points/points.ts";
import { encodePoints } from "./points_files.ts";
import {
  locateFiles,
  locateNamed,
  locatePacked,
  mapFiles,
  type Origin,
  type WantedFile,
} from "./download/locate_files.ts";
import type { Patience } from "./download/transfer.ts";
import type { Step, StepContext } from "./step.ts";
import { STEP_VERSIONS } from "./step_versions.ts";

/**
 * What the files hold and not where they come from: a SHA-256 each, or the MD5 of what is downloaded, whose content the step's record then
 * has the SHA-256 of; or of what the program draws by its name the version; of points, all that
 * decides them.
 */
type DownloadParameters =
  | { sha256: Readonly<Record<string, string>> }
  | { md5: Readonly<Record<string, string>>; members?: Readonly<Record<string, string>> }
  | { points: Points; version: number }
  | { [name in DatasetName]?: number };

export interface DownloadContext extends StepContext {
  /** Where to get the files; null for what the program makes. */
  readonly origin: Origin | null;
  readonly patience: Patience;
}

/** What the download step needs to know of an experiment's data set. See locateFiles. */
export function planDownload(
  dataset: Experiment["dataset"],
  places: { mirror?: string | undefined; configFolder: string },
): { parameters: DownloadParameters; origin: Origin | null } {
  if (typeof dataset !== "string") {
    if (!("points" in dataset)) return fromOrigin(locateFiles(dataset, places));
    return { parameters: { points: dataset.points, version: POINTS_VERSION }, origin: null };
  }
  const { source, title } = DATASETS[dataset];
  if ("generate" in source) return { parameters: { [dataset]: source.version }, origin: null };
  if ("files" in source) return fromOrigin(locateNamed(title, source, places.mirror));
  const origin = locatePacked(title, source, places.mirror);
  const { archive } = origin.files;
  return {
    parameters: {
      md5: mapFiles(origin.files, ({ packed }) => packed?.md5 ?? ""),
      ...(archive?.packed?.members === undefined ? {} : { members: archive.packed.members }),
    },
    origin,
  };
}

function fromOrigin(origin: Origin): { parameters: DownloadParameters; origin: Origin } {
  return { parameters: { sha256: mapFiles(origin.files, ({ sha256 }) => sha256 ?? "") }, origin };
}

/**
 * Brings the data set's files, uncompressed, into the store: those that are not there yet, all at once, each streamed through a
 * temporary file and verified by its hash. An interrupted transfer is kept and gone on with the next time. Throws one UserError for all
 * files that no source delivers, after the others have arrived.
 */
export const downloadStep: Step<DownloadParameters, never, string, null, DownloadContext> = {
  name: "download",
  version: STEP_VERSIONS.download,
  async run({ parameters, context }) {
    const { origin } = context;
    if ("points" in parameters) return { outputs: { ...encodePoints(parameters.points) }, facts: null };
    if (!("sha256" in parameters || "md5" in parameters)) {
      const { source } = DATASETS[Object.keys(parameters)[0] as DatasetName];
      if ("generate" in source) return { outputs: { ...await source.generate() }, facts: null };
    }
    if (origin === null) {
      throw new TypeError("Cannot download: origin must say where the files are, found null");
    }
    // Not loaded where all is stored.
    const { acquire, acquisitionError } = await import("./download/acquire.ts");
    const told = new Set<string>();
    const note = (message: Texts) => {
      if (!told.has(message.en)) context.emit(remark("note", message));
      told.add(message.en);
    };
    const files: WantedFile[] = Object.values(origin.files);
    // Not Promise.all: a file that cannot be had must not leave the others running unseen.
    const settled = await Promise.allSettled(files.map(async (file) => ({
      name: file.name,
      ...await acquire(file, { context, note }),
    })));
    const acquired = settled.map((result) => {
      if (result.status === "rejected") throw result.reason;
      return result.value;
    });
    const missing = acquired.filter((file) => "failures" in file);
    if (missing.length > 0) throw acquisitionError(origin, missing);
    const outputs = Object.keys(origin.files).flatMap((part, i) => {
      const file = acquired[i];
      if ("members" in file) return Object.entries(file.members);
      return "file" in file ? [[part, file.file] as const] : [];
    });
    return { outputs: Object.fromEntries(outputs), facts: null };
  },
};
