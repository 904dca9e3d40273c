import type { Signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Texts } from "../text/language.ts";
import type { LabData } from "./data.ts";
import type { Fields, Values } from "./address/fields.ts";

/** What a page of the lab is drawn from. */
export interface PageProps<F extends Fields> {
  /** What the page's address says, each a signal: setting one writes it into the address. */
  readonly state: { readonly [K in keyof Values<F>]: Signal<Values<F>[K]> };
  readonly language: keyof Texts;
  readonly data: LabData;
  /** Goes to another page, with what of its state is given. */
  open(page: PageName, params?: Readonly<Record<string, string>>): void;
}

/** The pages by the names that addresses have for them, in the order in which the course comes to them. */
export const PAGE_NAMES = ["rules", "playground", "graph", "start", "digit"] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** A page of the lab. Registered in pages.ts. */
export interface LabPage<F extends Fields = Fields> {
  readonly name: PageName;
  /** In the list of pages. */
  readonly title: Texts;
  /** What can be seen here, in a sentence. */
  readonly about: Texts;
  /** All that a link to the page can say. */
  readonly fields: F;
  readonly View: ComponentType<PageProps<F>>;
}

/** Keeps the types of a page's fields and of its view together. */
export function labPage<const F extends Fields>(page: LabPage<F>): LabPage {
  return page as unknown as LabPage;
}
