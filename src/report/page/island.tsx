import { type ComponentChildren, createContext, type JSX } from "preact";
import { useContext } from "preact/hooks";
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

/** What a page is, for those of its parts that depend on it. */
export interface PageKind {
  /** The living parts that are written into it; of others their places are, for a page that has them already or draws them itself. */
  readonly islands: "all" | readonly IslandName[];
  /** Whether it lies beside the files that its numbers come from, and can lead to them. */
  readonly besideFiles: boolean;
}

export const PageKindContext = createContext<PageKind>({ islands: "all", besideFiles: true });

/** A living part in a page that otherwise stays as it was written. */
export function Island({ name, children }: { name: IslandName; children: ComponentChildren }): JSX.Element {
  const { islands } = useContext(PageKindContext);
  return <div id={islandId(name)}>{(islands === "all" || islands.includes(name)) && children}</div>;
}

/** Where a page of a server leads from a run; a file leads nowhere. */
export const RunLeadContext = createContext<((run: { trial: number; seed: number }) => string) | null>(null);
