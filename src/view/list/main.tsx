/// <reference lib="dom" />
// The script of the list of experiments. `deno task build` bundles it as src/view/bundle/list.js, which is committed.

import { signal } from "@preact/signals";
import { render } from "preact";
import { type Connection, followNews } from "../news.ts";
import { viewWords } from "../words.ts";
import { List } from "./list.tsx";
import { LIST_DATA_ID, type ListData } from "./list_data.ts";
import { withNews } from "./order.ts";
import type { ExperimentSummary, ListNews } from "./summary.ts";

const data: ListData = JSON.parse(document.getElementById(LIST_DATA_ID)?.textContent ?? "");
const summaries = signal(withNews(new Map<string, ExperimentSummary>(), data.news));
const connection = signal<Connection>("open");
const place = document.getElementById("list")!;
place.textContent = "";
render(<List summaries={summaries} connection={connection} t={viewWords(data.language)} />, place);

followNews<ListNews>("/stream", {
  from: data.id,
  language: data.language,
  onNews: (news) => summaries.value = withNews(summaries.value, news),
  onState: (state) => connection.value = state,
});
