import type { Texts } from "../text/language.ts";

/** What cannot be done where a file that somebody brings is not as it must be. */
const ATTEMPTS = {
  idx_images: { en: "Cannot read IDX images", ja: "IDX 形式の画像を読めません" },
  idx_labels: { en: "Cannot read IDX labels", ja: "IDX 形式のラベルを読めません" },
  labels: { en: "Cannot read labels", ja: "ラベルを読めません" },
  csv: { en: "Cannot read CSV", ja: "CSV を読めません" },
  csv_training: { en: "Cannot read CSV (training part)", ja: "CSV（訓練データ）を読めません" },
  csv_test: { en: "Cannot read CSV (test part)", ja: "CSV（テストデータ）を読めません" },
  npz: { en: "Cannot read the .npz", ja: ".npz を読めません" },
  folder: { en: "Cannot read the folder", ja: "フォルダを読めません" },
  packed_folder: { en: "Cannot unpack the folder", ja: "フォルダを展開できません" },
  picture: { en: "Cannot read the picture", ja: "画像を読めません" },
  dataset: { en: "Cannot build the data set", ja: "データセットを作れません" },
} satisfies Record<string, Texts>;

type Attempt = keyof typeof ATTEMPTS;

/** A file that somebody brings is not as it must be: says what is wrong and where, in English as its message and in Japanese. */
export class DataFileError extends SyntaxError {
  readonly attempt: Attempt;
  readonly reason: Texts;
  /** The message in Japanese. */
  readonly ja: string;

  constructor(attempt: Attempt, reason: Texts, options?: ErrorOptions) {
    super(`${ATTEMPTS[attempt].en}: ${reason.en}`, options);
    this.attempt = attempt;
    this.reason = reason;
    this.ja = `${ATTEMPTS[attempt].ja}。${reason.ja}`;
  }
}
