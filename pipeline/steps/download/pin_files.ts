import { resolve } from "node:path";
import type { FileKeys } from "../../../src/config/schemas/data_file_schema.ts";
import type { Experiment } from "../../../src/config/schema.ts";
import { say } from "../../messages/messages.ts";
import { hashBytes } from "../../store/hash.ts";
import { UserError } from "../../system/errors.ts";
import { noFile, openFile } from "./acquire.ts";
import { readPictures } from "./read_pictures.ts";
import { TransferError } from "./transfer_error.ts";
import { hashContent } from "./unpack.ts";

/**
 * The data set with the hash of each file on this machine whose config says none: what the file has now. From here on the experiment says
 * what its data are, not only where they lie. Throws a UserError where such a file cannot be read.
 */
export async function pinFiles(
  dataset: Exclude<Experiment["dataset"], string>,
  configFolder: string,
): Promise<Experiment["dataset"]> {
  const pin = async <File extends FileKeys>(
    name: string,
    file: File,
    hash: (path: string) => Promise<string> = hashFile,
  ): Promise<File> => {
    const { path } = file;
    if (path === undefined || file.sha256 !== undefined) return file;
    try {
      return { ...file, sha256: await hash(resolve(configFolder, path)) };
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      const { reason } = error;
      const folder = resolve(configFolder);
      const text = say((t) => t.data.cannotRead({ name, path, reason: reason[t.language], folder }));
      throw new UserError(text, { cause: error });
    }
  };
  if ("csv" in dataset) {
    const csv = await pin("dataset.csv", dataset.csv);
    if (typeof csv.test === "number") return { csv };
    return { csv: { ...csv, test: await pin("dataset.csv.test", csv.test) } };
  }
  if ("npz" in dataset) return { npz: await pin("dataset.npz", dataset.npz) };
  if ("folder" in dataset) return { folder: await pin("dataset.folder", dataset.folder, hashFolder) };
  return dataset;
}

async function hashFile(path: string): Promise<string> {
  using file = await openFile(path);
  if (file === null) throw noFile(path);
  return await hashContent(file);
}

async function hashFolder(path: string): Promise<string> {
  return hashBytes(await readPictures(path));
}
