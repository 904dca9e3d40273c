import type { Language } from "../../text/language.ts";
import type { PictureNews } from "../experiment/experiment_data.ts";

/** Where the page carries what it is opened with. */
export const FOLLOWED_ID = "followed-data";

/** What a page that follows something is opened with. */
export interface FollowedData {
  readonly language: Language;
  /** The address of its stream, without a query. */
  readonly stream: string;
  /** Of the stream, from which news go on. */
  readonly from: string;
}

/** A message: what has changed on the page. */
export interface FollowedNews {
  /** Whether what it follows is no longer there. */
  readonly gone: boolean;
  readonly picture: PictureNews | null;
}
