import type { Texts } from "../text/language.ts";

const SEPARATORS: Readonly<Record<string, Texts>> = {
  ";": { en: "semicolons", ja: "セミコロン" },
  "\t": { en: "tabs", ja: "タブ" },
};

/** What about a table's first line is not as it must be, for who saved it again with another program. `names` are its columns in order. */
export function headerProblem(header: readonly string[], names: readonly string[]): Texts {
  const [first = ""] = header;
  for (const [separator, { en, ja }] of Object.entries(SEPARATORS)) {
    if (header.length > 1 || !first.includes(separator)) continue;
    return {
      en: `its cells are separated by ${en} and not by commas, as where Excel has saved it again`,
      ja: `カンマではなく${ja}で区切られています（Excel で保存し直すとこうなることがあります）`,
    };
  }
  const missing = names.find((name) => !header.includes(name));
  if (missing !== undefined) return { en: `it has no ${missing}`, ja: `${missing} がありません` };
  const unknown = header.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const shown = JSON.stringify(unknown);
    return { en: `no such table has ${shown}`, ja: `${shown} という列はありません` };
  }
  const at = names.findIndex((name, i) => header[i] !== name);
  return {
    en: `${names[at]} stands in another place, or twice`,
    ja: `${names[at]} の位置が違うか、重複しています`,
  };
}
