import type { Language } from "../../text/language.ts";
import type { ListNews } from "./summary.ts";

/** Where the page carries its data. */
export const LIST_DATA_ID = "list-data";

/** What the list shows when it is opened. */
export interface ListData {
  readonly language: Language;
  /** Of the stream, from which news go on. */
  readonly id: string;
  readonly news: ListNews;
}
