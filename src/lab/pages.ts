import { digitPage } from "./digit/page.tsx";
import { graphPage } from "./graph/page.tsx";
import type { LabPage, PageName } from "./page.ts";
import { playgroundPage } from "./playground/page.tsx";
import { rulesPage } from "./rules/page.tsx";
import { startPage } from "./start/page.tsx";

/** Every page of the lab. */
export const PAGES: Readonly<Record<PageName, LabPage>> = {
  rules: rulesPage,
  playground: playgroundPage,
  graph: graphPage,
  start: startPage,
  digit: digitPage,
};
