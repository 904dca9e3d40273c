import { gzipSync } from "node:zlib";
import { main } from "../../pipeline/main.ts";
import { rerenderReport } from "../../pipeline/report/from_folder.ts";
import { hashBytes } from "../../pipeline/store/hash.ts";
import { formatTimings, parseTimings } from "../../src/tables/timings_csv.ts";
import { copyFolder } from "../../tests/pipeline/copy_folder.ts";
import { readResults, tinyExperiment } from "../../tests/pipeline/tiny_experiment.ts";
import { RecordedStreams } from "../../tests/pipeline/progress/virtual_terminal.ts";

export interface Outcome {
  readonly code: number;
  readonly err: string;
}

/** A folder with a config, its data, store and results, which were swept once, and with what nobody may touch. */
export class World {
  readonly folder: string;
  readonly config: string;
  readonly experiment: Record<string, unknown>;
  #before = "";

  private constructor(folder: string, experiment: Record<string, unknown>) {
    this.folder = folder;
    this.config = `${folder}/tiny.json`;
    this.experiment = experiment;
  }

  /** Makes it in an empty folder. */
  static async create(folder: string): Promise<World> {
    const experiment = await tinyExperiment(folder);
    for (const name of Object.values(experiment.dataset.idx).map(({ path }) => path)) {
      await Deno.writeFile(`${folder}/${name}.gz`, gzipSync(await Deno.readFile(`${folder}/${name}`)));
    }
    const world = new World(folder, experiment);
    await Deno.writeTextFile(world.config, JSON.stringify(experiment));
    await Deno.mkdir(`${folder}/outside/0-0`, { recursive: true });
    for (const name of ["results.csv", "manifest.json", "0-0/weights.npz", "0-0/predictions.csv", "notes"]) {
      await Deno.writeTextFile(`${folder}/outside/${name}`, "not yours");
    }
    const { code, err } = await world.run("sweep", world.config, ...world.places("results"));
    if (code !== 0) {
      throw new Error(`Cannot fuzz: the sweep of the tiny experiment must end well, found ${err}`);
    }
    await world.#stopClock();
    world.#before = await world.#outside();
    return world;
  }

  /** How long the sweep took is different each time, and with it what would come of breaking it: the times become fixed ones. */
  async #stopClock(): Promise<void> {
    const out = `${this.folder}/results`;
    const rows = parseTimings(await Deno.readTextFile(`${out}/timings.csv`)).map((row) => ({
      ...row,
      seconds: 0.5,
      images_per_second: row.images_per_second === null ? null : 100,
    }));
    const timings = formatTimings(rows);
    await Deno.writeTextFile(`${out}/timings.csv`, timings);
    await rerenderReport(out);
    const manifest = JSON.parse(await Deno.readTextFile(`${out}/manifest.json`));
    manifest.files["timings.csv"] = { sha256: hashBytes(timings), bytes: timings.length };
    await Deno.writeTextFile(`${out}/manifest.json`, JSON.stringify(manifest, null, 2) + "\n");
    const { code } = await this.run("status", this.config, ...this.places("results"));
    if (code !== 0) throw new Error("Cannot fuzz: the results must be as a sweep wrote them, found changes");
  }

  places(results: string): string[] {
    return ["--out", `${this.folder}/${results}`, "--store", `${this.folder}/store`];
  }

  /** A command line of the program, in this process. */
  async run(...args: string[]): Promise<Outcome> {
    const streams = new RecordedStreams({});
    const code = await main(args, { signal: new AbortController().signal, streams });
    return { code, err: streams.err };
  }

  /** A sweep into the copy; throws where its results are not those of the first. */
  async sweepsTheSame(args: readonly string[]): Promise<Outcome> {
    const outcome = await this.run(...args);
    const [first, second] = await Promise.all(
      ["results", "copy"].map((name) => readResults(`${this.folder}/${name}`)),
    );
    if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error("the results are not the same");
    return outcome;
  }

  /** A copy of the results at `<folder>/copy`, the only one. */
  async copy(): Promise<string> {
    const path = `${this.folder}/copy`;
    await Deno.remove(path, { recursive: true }).catch(() => {});
    await copyFolder(`${this.folder}/results`, path);
    return path;
  }

  /** Whether what nobody may touch is as it was: the folder outside, and the first results. */
  async isUntouched(): Promise<boolean> {
    return await this.#outside() === this.#before;
  }

  async #outside(): Promise<string> {
    const files: string[] = [];
    for (const root of ["outside", "results", "data"]) {
      for (const path of list(`${this.folder}/${root}`)) {
        const { size, mtime, ino } = await Deno.stat(path);
        files.push(`${path} ${size} ${mtime?.getTime()} ${ino}`);
      }
    }
    return files.join("\n");
  }
}

/** The files in a folder and below, sorted; links are not followed. */
export function list(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) =>
    isDirectory ? list(`${folder}/${name}`) : [`${folder}/${name}`]
  ).sort();
}
