import { type Picture, resizePicture } from "../drawing.ts";
import type { ImageSize } from "../image_size.ts";
import { DataFileError } from "../data_file_error.ts";
import { decodeGreyPng } from "./grey_png.ts";
import {
  checkSize,
  type FileDataset,
  namedDataset,
  type NamedRows,
  splitRows,
  type TestSplit,
} from "./labelled_rows.ts";
import type { FolderFile } from "./packed_folder.ts";

/** How a folder of pictures is read. */
export interface FolderOptions {
  /** What pictures are brought to; left out, all must have the size of the first. */
  readonly size?: ImageSize | undefined;
  /** Whether ink is dark on light, so that each grey becomes 255 - grey. */
  readonly invert?: boolean | undefined;
  /** How pictures without a test part of their own are split; left out, there must be one. */
  readonly split: TestSplit;
}

/** The most pictures. */
const MAX_PICTURES = 500_000;

/**
 * The data set of a folder of PNG pictures, one folder a class: `CLASS/*.png`, which are split, or `train/CLASS/*.png` and
 * `test/CLASS/*.png`. Classes and pictures come in the order of their names' character codes (classes that are all whole numbers: by size).
 * Colours become grey (see decodeGreyPng()); a picture of another size is brought to `size` by the mean of the area of each pixel, halves
 * rounded up, where it has the same proportions.
 * Throws a DataFileError that says which picture is wrong.
 */
export function folderDataset(files: readonly FolderFile[], options: FolderOptions): FileDataset {
  if (files.length > MAX_PICTURES) {
    throw new DataFileError("folder", {
      en: `it must have at most ${MAX_PICTURES} pictures, found ${files.length}`,
      ja: `画像は ${MAX_PICTURES} 枚までですが、${files.length} 枚あります`,
    });
  }
  const hasParts = files.length > 0 && files.every(({ path }) => /^(?:train|test)\/[^/]+\/[^/]+$/.test(path));
  const stray = files.find(({ path }) => !/^[^/]+\/[^/]+$/.test(path));
  if (!hasParts && (stray !== undefined || files.length === 0)) {
    throw new DataFileError("folder", {
      en: "its pictures must be CLASS/NAME.png, or train/CLASS/NAME.png and test/CLASS/NAME.png, " +
        `found ${stray === undefined ? "none" : stray.path}`,
      ja:
        "画像は クラス/名前.png か、train/クラス/名前.png と test/クラス/名前.png に置かなければなりませんが、" +
        (stray === undefined ? "ひとつもありません" : `${stray.path} があります`),
    });
  }
  let size = options.size;
  const read = ({ path, content }: FolderFile): Picture => {
    try {
      const picture = sized(decodeGreyPng(content), options.size ?? size, options.size !== undefined);
      size ??= { rows: picture.rows, columns: picture.columns };
      return picture;
    } catch (error) {
      if (!(error instanceof DataFileError)) throw error;
      const { attempt, reason: { en, ja } } = error;
      throw new DataFileError(attempt, { en: `${en} (${path})`, ja: `${ja}（${path}）` }, { cause: error });
    }
  };
  const part = (files: readonly FolderFile[]): NamedRows => {
    if (files.length === 0) {
      throw new DataFileError("folder", {
        en: "both train and test must have pictures, found one of them empty",
        ja: "train と test の両方に画像が必要ですが、一方が空です",
      });
    }
    const pictures = files.map(read);
    const length = pictures[0].pixels.length;
    checkSize(Math.max(2, files.length), length);
    const numbers = new Uint8Array(files.length * length);
    pictures.forEach(({ pixels }, i) => numbers.set(pixels, i * length));
    if (options.invert === true) { for (let i = 0; i < numbers.length; i++) numbers[i] = 255 - numbers[i]; }
    return {
      numbers,
      labels: files.map(({ path }) => path.split("/").at(-2) ?? ""),
      place: (row) => ({ en: files[row].path, ja: files[row].path }),
    };
  };
  if (hasParts) {
    const of = (name: string) => files.filter(({ path }) => path.startsWith(`${name}/`));
    const parts = { train: part(of("train")), test: part(of("test")) };
    return namedDataset(parts, asImages(size));
  }
  const rows = part(files);
  const image = asImages(size);
  return namedDataset(splitRows(rows, { features: image.features, ...options.split }), image);
}

function asImages(size: ImageSize | undefined): { features: number; image: ImageSize } {
  if (size === undefined) {
    throw new TypeError("Cannot read the folder: a picture must have been read, found none");
  }
  return { features: size.rows * size.columns, image: size };
}

function sized(picture: Picture, size: ImageSize | undefined, resize: boolean): Picture {
  const { rows, columns } = picture;
  if (size === undefined || size.rows === rows && size.columns === columns) return picture;
  if (!resize) {
    throw new DataFileError("picture", {
      en: `it must be ${size.rows}x${size.columns} (height x width) as the first one, ` +
        `found ${rows}x${columns}; with size all are brought to one size`,
      ja: `大きさ（高さx幅）は最初の画像と同じ ${size.rows}x${size.columns} でなければなりませんが、` +
        `${rows}x${columns} です。size を書けば、すべて同じ大きさにします`,
    });
  }
  if (rows * size.columns !== columns * size.rows) {
    throw new DataFileError("picture", {
      en: `it must have the proportions of ${size.rows}x${size.columns} (height x width), ` +
        `found ${rows}x${columns}; cut it, or leave a margin, so that nothing is stretched`,
      ja: `縦横の比は ${size.rows}x${size.columns}（高さx幅）と同じでなければなりませんが、` +
        `${rows}x${columns} です。ゆがまないよう、切り取るか余白を付けてください`,
    });
  }
  return { ...size, pixels: resizePicture(picture, size) };
}
