import type { ComponentChildren, JSX } from "preact";
import type { Messages } from "../messages/en.ts";
import type { PageData } from "./page_data.ts";
import type { PageState } from "./state.ts";

/** What a living part of the page is drawn from, when the file is written and again in the browser. */
export interface PartProps<Part> {
  readonly part: Part;
  readonly page: PageData;
  readonly t: Messages;
  readonly state: PageState;
}

/** The parts of PageData that come alive in the browser. */
export type IslandName = "best" | "trials" | "curves" | "effects" | "errors" | "layers" | "compared";

/** Where the script finds a living part. */
export function islandId(name: IslandName): string {
  return `${name}-island`;
}

/** A living part in a page that otherwise stays as it was written. */
export function Island({ name, children }: { name: IslandName; children: ComponentChildren }): JSX.Element {
  return <div id={islandId(name)}>{children}</div>;
}
