import { join } from "node:path";
import { type Dataset, rowPixels, type Rows } from "../../../src/data/dataset.ts";
import { writeNpy } from "../../../src/numpy/npy.ts";
import { StudentFolder } from "../sandbox/student_folder.ts";
import type { NotebookTools } from "./notebook_tools.ts";

const PYTHON = new URL("python/", import.meta.url);
const SUBMIT = new URL("../template/submit.py", import.meta.url);

/** What every notebook of a grading is given: the official images, submit.py and what runs it, in a folder that any user may read. */
export class NotebookGround implements AsyncDisposable {
  readonly path: string;
  readonly tools: NotebookTools;
  readonly #folder: StudentFolder;
  /** The number of the first sandbox: another grading at the same time has others. */
  readonly first = crypto.getRandomValues(new Uint16Array(1))[0];
  #laid = this.first;

  private constructor(folder: StudentFolder, tools: NotebookTools) {
    this.#folder = folder;
    this.path = folder.path;
    this.tools = tools;
  }

  static async make(tools: NotebookTools, images: Dataset): Promise<NotebookGround> {
    const folder = await StudentFolder.make();
    try {
      const { path } = folder;
      for (const name of ["grader", "submit", "data", "input"]) await Deno.mkdir(join(path, name));
      await copyFolder(PYTHON, join(path, "grader"));
      await Deno.copyFile(SUBMIT, join(path, "submit", "submit.py"));
      for (const [part, name] of [["train", "train"], ["test", "test"]] as const) {
        const { count, labels } = images[part];
        const x = {
          shape: [count, images.rows, images.columns],
          data: pixels(images[part], images.features),
        };
        await Deno.writeFile(join(path, "data", `x_${name}.npy`), writeNpy(x));
        await Deno.writeFile(join(path, "data", `y_${name}.npy`), writeNpy({ shape: [count], data: labels }));
      }
      // The sandbox's user is another.
      await Deno.chmod(path, 0o755);
      return new NotebookGround(folder, tools);
    } catch (error) {
      await folder[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Puts a notebook where a sandbox can read it, and gives the place and its number. */
  async lay(notebook: Uint8Array): Promise<{ file: string; number: number }> {
    const number = this.#laid++;
    const file = join(this.path, "input", `${number}.ipynb`);
    await Deno.writeFile(file, notebook);
    return { file, number };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder[Symbol.asyncDispose]();
  }
}

async function copyFolder(from: URL, to: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name === "__pycache__") continue;
    const target = join(to, name);
    if (isDirectory) {
      await Deno.mkdir(target);
      await copyFolder(new URL(`${name}/`, from), target);
    } else {
      await Deno.copyFile(new URL(name, from), target);
    }
  }
}

function pixels(part: Rows, features: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(part.count * features);
  for (let row = 0; row < part.count; row++) all.set(rowPixels(part, row, features), row * features);
  return all;
}
