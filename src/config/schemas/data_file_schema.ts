import { z } from "zod";
import { described, expecting, refuse, type Texts } from "../../settings/setting.ts";

/** A data file on this machine or on the web, with the hash of what it must hold. */
export type DataFile = { path: string; sha256: string } | { url: string; sha256: string };

/** The same, where the hash of a file on this machine may be left out: it is then what the file has when a sweep begins. */
export interface FileKeys {
  path?: string | undefined;
  url?: string | undefined;
  sha256?: string | undefined;
}

/** A SHA-256, in small letters. */
export const hashSchema = expecting(z.string().regex(/^[0-9a-fA-F]{64}$/), {
  en: "64 hexadecimal digits",
  ja: "64 桁の 16 進数",
}).transform((digits) => digits.toLowerCase());

/** The keys of a file that is called so in their texts. */
function fileShape({ en, ja }: Texts) {
  return {
    path: described(z.string().min(1).optional(), {
      en: `${en} on this machine, plain or gzipped. Give either path or url.`,
      ja:
        `手元の ${ja} ファイルです。gzip で圧縮したものでもかまいません。path か url のどちらかを書きます。`,
    }),
    url: described(
      expecting(z.string().regex(/^https?:\/\/\S+$/), {
        en: "an address that begins with https:// or http://",
        ja: "https:// か http:// で始まる URL",
      }).optional(),
      {
        en: `Where to download ${en[0].toLowerCase()}${
          en.slice(1)
        }, plain or gzipped. Give either path or url.`,
        ja:
          `${ja} ファイルをダウンロードする URL です。gzip で圧縮したものでもかまいません。path か url のどちらかを書きます。`,
      },
    ),
  };
}

/** A file whose hash is to be there. */
export const idxFileSchema = z
  .strictObject({
    ...fileShape({ en: "An IDX file", ja: "IDX" }),
    sha256: described(hashSchema, {
      en: "SHA-256 of the uncompressed file: `gzip -dc FILE | sha256sum`.",
      ja: "圧縮していないファイルの SHA-256 です。`gzip -dc FILE | sha256sum` で求められます。",
    }),
  })
  .transform(({ path, url, sha256 }, context): DataFile => {
    if (path !== undefined && url === undefined) return { path, sha256 };
    if (url !== undefined && path === undefined) return { url, sha256 };
    refuseEither(context, path);
    return z.NEVER;
  });

/** The keys of a file whose hash may be left out where it is on this machine. */
export function openFileShape(what: Texts) {
  return {
    ...fileShape(what),
    sha256: described(hashSchema.optional(), {
      en:
        "SHA-256 of the uncompressed file: `gzip -dc FILE | sha256sum`. With a path it may be left out: a sweep then takes the " +
        "file as it is, and records its hash with the results.",
      ja:
        "圧縮していないファイルの SHA-256 です。`gzip -dc FILE | sha256sum` で求められます。path のときは省略でき、" +
        "スイープを始めたときのファイルの値が結果とともに記録されます。",
    }),
  };
}

/** Says what is wrong between the keys of openFileShape(). */
export function checkFile({ path, url, sha256 }: FileKeys, context: z.core.$RefinementCtx): void {
  if ((path === undefined) === (url === undefined)) return refuseEither(context, path);
  if (url !== undefined && sha256 === undefined) {
    refuse(context, ["sha256"], {
      en: "is missing; a url needs the SHA-256 of what it must give: `gzip -dc FILE | sha256sum`",
      ja:
        "必須のキーがありません。url には、ダウンロードする内容の SHA-256 を書いてください（`gzip -dc FILE | sha256sum` で求められます）",
    });
  }
}

function refuseEither(context: z.core.$RefinementCtx, path: string | undefined): void {
  refuse(context, [], {
    en: `must have either a path or a url, found ${path === undefined ? "neither" : "both"}`,
    ja: `path か url のどちらか一方を書いてください（${
      path === undefined ? "どちらもありません" : "両方あります"
    }）`,
  });
}
