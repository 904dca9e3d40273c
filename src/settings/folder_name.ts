import { z } from "zod";
import { isReservedName } from "../text/reserved_names.ts";
import { refuse } from "./setting.ts";

/** A name that a folder gets, on Windows too. */
export function folderName(pattern: RegExp): z.ZodString {
  return z.string().regex(pattern).superRefine((name, context) => {
    if (!isReservedName(name)) return;
    refuse(context, [], {
      en:
        `must be no name that Windows keeps for devices (con, prn, aux, nul, com1, lpt1 and so on), found \`${name}\``,
      ja:
        `\`${name}\` は Windows が装置名として予約しており（con、prn、aux、nul、com1、lpt1 など）、フォルダ名に使えません`,
    });
  });
}
