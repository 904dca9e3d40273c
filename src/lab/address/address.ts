import { type Language, LANGUAGES } from "../../text/language.ts";
import { PAGE_NAMES, type PageName } from "../page.ts";
import type { Fields, Values } from "./fields.ts";

/** What an address says behind its `#`: `#/playground?lang=ja&shape=xor`. */
export interface Address {
  readonly page: PageName;
  /** The language that it asks for. */
  readonly language: Language | null;
  readonly params: Readonly<Record<string, string>>;
}

const LANGUAGE = "lang";

/** An address as it was read. */
interface ReadAddress extends Address {
  /** What in it is no page and no language. */
  readonly refused: readonly string[];
}

/** Reads the part of an address behind `#`. What names no page is the first one's, as that is at first. */
export function parseAddress(hash: string): ReadAddress {
  const [, name = "", query = ""] = hash.match(/^#?\/?([^?]*)\??(.*)$/) ?? [];
  const { [LANGUAGE]: language, ...params } = Object.fromEntries(new URLSearchParams(query));
  const page = PAGE_NAMES.find((page) => page === name);
  const known = LANGUAGES.find((each) => each === language) ?? null;
  return {
    page: page ?? PAGE_NAMES[0],
    language: known,
    params: page === undefined && name !== "" ? {} : params,
    refused: [
      ...page === undefined && name !== "" ? [name] : [],
      ...known === null && language !== undefined ? [LANGUAGE] : [],
    ],
  };
}

export function formatAddress({ page, language, params }: Address): string {
  const query = new URLSearchParams(language === null ? params : { [LANGUAGE]: language, ...params });
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3B", ";");
  return `#/${page}${text === "" ? "" : `?${text}`}`;
}

/** A page's state as parameters; what is as it is at first is left out, so that links are short. */
export function paramsOf<F extends Fields>(fields: F, values: Values<F>): Record<string, string> {
  const written = Object.entries(fields).flatMap(([name, field]) => {
    const text = field.write(values[name]);
    return text === field.write(field.initial) ? [] : [[name, text]];
  });
  return Object.fromEntries(written);
}

/** A page's state from parameters. What cannot be read, or no field is called, is as at first and named in `refused`. */
export function valuesOf<F extends Fields>(
  fields: F,
  params: Readonly<Record<string, string>>,
): { values: Values<F>; refused: string[] } {
  const refused = Object.keys(params).filter((name) => !Object.hasOwn(fields, name));
  const values = Object.entries(fields).map(([name, field]) => {
    const text = Object.hasOwn(params, name) ? params[name] : undefined;
    const value = text === undefined ? undefined : field.read(text);
    if (text !== undefined && value === undefined) refused.push(name);
    return [name, value ?? field.initial];
  });
  return { values: Object.fromEntries(values) as Values<F>, refused };
}
