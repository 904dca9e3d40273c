/// <reference lib="dom" />
// The script of an experiment's page. `deno task build` bundles it as src/view/bundle/experiment.js, which is committed.

import { batch, signal } from "@preact/signals";
import { hydrate } from "preact";
import { enlivenPage } from "../../report/page/enliven.tsx";
import type { PageData } from "../../report/page/page_data.ts";
import { SPEEDS_ID } from "../../report/speeds_slot.ts";
import { type Connection, followNews } from "../news.ts";
import { viewWords } from "../words.ts";
import { CourseView } from "./course_view.tsx";
import { COURSE_ID, type ExperimentData, type ExperimentNews, type PictureNews } from "./experiment_data.ts";
import { renewSections } from "./renew.ts";

const data: ExperimentData = JSON.parse(document.getElementById(COURSE_ID)?.textContent ?? "");
let page: PageData = JSON.parse(document.getElementById("report-data")?.textContent ?? "");
const living = enlivenPage(page);
living.state.speeds.value = JSON.parse(document.getElementById(SPEEDS_ID)?.textContent ?? "null");

const course = signal(data.course);
const connection = signal<Connection>("open");
const gone = signal(false);
const t = viewWords(data.language);
hydrate(<CourseView {...{ course, connection, gone, t }} />, document.getElementById("course")!);

followNews<ExperimentNews>(`/e/${data.id}/stream`, {
  from: data.from,
  language: data.language,
  onState: (state) => connection.value = state,
  onNews(news) {
    batch(() => {
      gone.value = news.gone;
      if (news.course !== null) course.value = news.course;
    });
    if (news.picture !== null) show(news.picture);
  },
});

function show({ title, header, sections, page: changed, pictures, speeds }: PictureNews): void {
  document.title = title;
  if (header !== null) document.getElementById("experiment-header")!.innerHTML = header;
  if (pictures !== null) document.getElementById("pictures")!.textContent = pictures;
  renewSections(sections);
  page = { ...page, ...changed };
  living.update(page);
  living.state.speeds.value = speeds;
}
