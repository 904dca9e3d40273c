import { z } from "zod";

/** A data file on this machine or on the web, with the hash of what it must hold. */
export type DataFile = { path: string; sha256: string } | { url: string; sha256: string };

const dataFileSchema = z
  .strictObject({
    path: z.string().min(1).optional().describe(
      "An IDX file on this machine, plain or gzipped. Give either path or url.",
    ),
    url: z.string().regex(/^https?:\/\/\S+$/).optional()
      .meta({ patternErrorMessage: "an address that begins with https:// or http://" })
      .describe("Where to download an IDX file, plain or gzipped. Give either path or url."),
    sha256: z.string().regex(/^[0-9a-fA-F]{64}$/)
      .meta({ patternErrorMessage: "64 hexadecimal digits" })
      .describe("SHA-256 of the uncompressed file: `gzip -dc FILE | sha256sum`."),
  })
  .transform(({ path, url, sha256: digits }, context): DataFile => {
    const sha256 = digits.toLowerCase();
    if (path !== undefined && url === undefined) return { path, sha256 };
    if (url !== undefined && path === undefined) return { url, sha256 };
    const found = path === undefined ? "neither" : "both";
    context.addIssue({ code: "custom", message: `must have either a path or a url, found ${found}` });
    return z.NEVER;
  });

/** `dataset`: one that the program knows by name, or four IDX files. */
export const datasetSchema = z.union([
  z.enum(["strokes", "mnist"]),
  z.strictObject({
    idx: z.strictObject({
      train_images: dataFileSchema.describe("Training images, (n, 28, 28) unsigned bytes."),
      train_labels: dataFileSchema.describe("Training labels, (n) unsigned bytes 0 to 9."),
      test_images: dataFileSchema.describe("Test images, (n, 28, 28) unsigned bytes."),
      test_labels: dataFileSchema.describe("Test labels, (n) unsigned bytes 0 to 9."),
    }).describe("Four files in MNIST's IDX format."),
  }),
]).describe(
  "strokes: 6,000 + 1,000 digits drawn by the program, no download. mnist: 60,000 + 10,000 handwritten digits, downloaded once. " +
    "Or {idx: ...}: your own files in MNIST's format.",
);
