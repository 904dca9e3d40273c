import { DataFileError } from "./data_file_error.ts";
import type { IdxImages } from "./idx.ts";
import type { FileForm } from "./named_dataset.ts";

/** Images as one reads them: those that lie on their side have their rows and columns exchanged. */
export function uprightImages(images: IdxImages, { transposed = false }: FileForm): IdxImages {
  if (!transposed) return images;
  const { count, rows, columns, pixels } = images;
  const size = rows * columns;
  const upright = new Uint8Array(pixels.length);
  for (let image = 0; image < count; image++) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        upright[image * size + c * rows + r] = pixels[image * size + r * columns + c];
      }
    }
  }
  return { count, rows: columns, columns: rows, pixels: upright };
}

/** Labels counted from 0. Throws DataFileError where one is below the first. */
export function labelsFromZero(labels: Uint8Array, { first_label: first = 0 }: FileForm): Uint8Array {
  if (first === 0) return labels;
  const below = labels.findIndex((label) => label < first);
  if (below >= 0) {
    throw new DataFileError("labels", {
      en: `they must be ${first} or more, found ${labels[below]} at row ${below}`,
      ja: `${first} 以上でなければなりませんが、行 ${below} は ${labels[below]} です`,
    });
  }
  return labels.map((label) => label - first);
}
