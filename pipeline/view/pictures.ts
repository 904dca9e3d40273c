import type { Language } from "../../src/text/language.ts";
import {
  drawExperiment,
  type DrawnExperiment,
  fillCourse,
  type Picture,
  renderExperiment,
} from "../../src/view/experiment/document.tsx";
import type { Course, PictureNews } from "../../src/view/experiment/experiment_data.ts";
import { chartScripts } from "../report/chart_scripts.ts";
import { courseOf } from "./course.ts";
import { Drawings, type Drawn } from "./drawings.ts";
import type { StreamMessage } from "./event_stream.ts";
import { type KnownRuns, knownRuns } from "./known_runs.ts";
import { problemOf } from "./problem.ts";
import type { WatchedFolder } from "./watched_folder.ts";

/** A picture is drawn anew no sooner than so long after the last time, and no later while there is news. */
const PAUSE_MS = 500;
const MAX_PAUSE_MS = 10_000;
/** Between these, drawing takes a hundredth of the server's time: a sweep beside it has other use for the processor. */
const SHARE = 100;
/** So many first drawings say nothing of how long one takes: the program is being compiled meanwhile. */
const WARM_UP = 3;
/** So many are kept: more are looked at by few, one after the other. */
const MAX_KEPT = 4;

/** A page of more runs is opened with its table, and told the rest at once: to draw all of it takes a second. */
const MANY_RUNS = 1000;

/** Stands in a page where the course of its sweep is to be: nobody can have written it into an experiment. */
const SLOT = crypto.randomUUID();

/** Besides what the page itself says: it is framed by nobody, and leads to nowhere. */
export const POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'";

interface PageDrawing {
  readonly picture: Picture;
  /** The page, but for SLOT. */
  html(): string;
}

/** A page of which only the table is drawn yet. */
interface OpenedPage {
  readonly html: string;
  /** What it was made of; null where that could not be read. */
  readonly runs: KnownRuns | null;
}

/** What pages show of experiments, drawn as often as it changes, and no more often than the server has time for. */
export class Pictures {
  readonly #drawings = new Drawings<PageDrawing>({ most: MAX_KEPT, pause: pauseRule() });
  /** The last page that was opened with its table, until all of it is drawn, which its stream asks for. */
  #opened: { readonly key: string; readonly page: Promise<OpenedPage> } | null = null;
  /** By the folders' ids. */
  readonly #problems = new Map<string, NonNullable<Course["problem"]>>();

  /** An experiment's page as it is now. */
  async page(folder: WatchedFolder, language: Language): Promise<{ html: string; policy: string }> {
    const { html, from } = this.#isLong(folder, language)
      ? { html: await this.#openTable(folder, language), from: "table" }
      : await this.#draw(folder, language, { late: false }).then(({ drawing, version }) => ({
        html: drawing.html(),
        from: version,
      }));
    const data = { language, id: folder.id, from, course: this.#course(folder) };
    return { html: fillCourse(html, SLOT, data), policy: POLICY };
  }

  /** Draws the one of the pages that would take longest, if one does, while the reader still looks at the list that leads to it. */
  async prepare(folders: Iterable<WatchedFolder>, language: Language): Promise<void> {
    const long = [...folders].filter((folder) => this.#isLong(folder, language))
      .sort((a, b) => b.summary().done - a.summary().done);
    if (long.length > 0) await this.#openTable(long[0], language);
  }

  /** Whether to draw an experiment takes longer than anybody waits for. */
  #isLong(folder: WatchedFolder, language: Language): boolean {
    return folder.sweep === null && folder.summary().done > MANY_RUNS &&
      this.#drawings.version(pageKey(folder, language)) !== folder.version;
  }

  /** The page with no more than its table, drawn once however many ask. */
  async #openTable(folder: WatchedFolder, language: Language): Promise<string> {
    const key = tableKey(folder, language);
    if (this.#opened?.key !== key) {
      const page = this.#drawTable(folder, language);
      this.#opened = { key, page };
      page.catch(() => this.#opened = null);
    }
    return (await this.#opened.page).html;
  }

  async #drawTable(folder: WatchedFolder, language: Language): Promise<OpenedPage> {
    const scripts = await chartScripts();
    let drawn: DrawnExperiment;
    let runs: KnownRuns | null = null;
    try {
      runs = await knownRuns(folder, language);
      drawn = drawExperiment(runs.known, { id: folder.id, timings: runs.timings, most: "table" });
    } catch (error) {
      drawn = this.#drawProblem(folder, language, error);
    }
    return { html: renderExperiment(drawn, { language, slot: SLOT, chartScripts: scripts }), runs };
  }

  /** What was read for the page that was opened with its table, if that is the one. */
  async #takeOpened(key: string): Promise<KnownRuns | null> {
    if (this.#opened?.key !== key) return null;
    const { page } = this.#opened;
    this.#opened = null;
    return (await page).runs;
  }

  #drawProblem(folder: WatchedFolder, language: Language, error: unknown): DrawnExperiment {
    this.#problems.set(folder.id, problemOf(error));
    return drawExperiment({ name: folder.summary().name, language }, { id: folder.id });
  }

  /** Follows an experiment for one page. @param last the id of what the page shows */
  follow(language: Language, last: string | null): Follower {
    return new Follower(
      (folder) => this.#draw(folder, language, { late: true }),
      (folder) => this.#course(folder),
      last,
    );
  }

  /** The picture of what is known now; `late`: the last one while it is too soon for another. */
  async #draw(
    folder: WatchedFolder,
    language: Language,
    { late }: { late: boolean },
  ): Promise<Drawn<PageDrawing>> {
    const drawn = await this.#drawings.get({
      key: pageKey(folder, language),
      version: folder.version,
      draw: () => this.#drawAnew(folder, language),
      late: (version) => late && goesOn(version, folder),
    });
    // drawAnew() always draws something.
    return drawn!;
  }

  async #drawAnew(folder: WatchedFolder, language: Language): Promise<PageDrawing> {
    const scripts = await chartScripts();
    let drawn: DrawnExperiment;
    try {
      const { known, timings } = await this.#takeOpened(tableKey(folder, language)) ??
        await knownRuns(folder, language);
      drawn = drawExperiment(known, { id: folder.id, timings });
      this.#problems.delete(folder.id);
    } catch (error) {
      drawn = this.#drawProblem(folder, language, error);
    }
    const render = () => renderExperiment(drawn, { language, slot: SLOT, chartScripts: scripts });
    // Of what changes no more the page is kept, and not what it was made of.
    return { picture: drawn.picture, html: folder.sweep === null ? always(render()) : render };
  }

  /** Also says what was wrong with the files that the list does not read. */
  #course(folder: WatchedFolder): Course {
    const course = courseOf(folder);
    const problem = course.problem ?? this.#problems.get(folder.id) ?? null;
    const isDamaged = problem !== null && course.state === "finished";
    return { ...course, problem, state: isDamaged ? "damaged" : course.state };
  }
}

function pageKey({ id }: WatchedFolder, language: Language): string {
  return `${id} ${language}`;
}

function tableKey(folder: WatchedFolder, language: Language): string {
  return `${pageKey(folder, language)} ${folder.version}`;
}

function pauseRule(): (milliseconds: number) => number {
  let drawings = 0;
  return (milliseconds) =>
    drawings++ < WARM_UP ? PAUSE_MS : Math.min(MAX_PAUSE_MS, Math.max(PAUSE_MS, (SHARE - 1) * milliseconds));
}

/** Apart from what it was worked out from, which a function beside it would hold. */
function always<T>(value: T): () => T {
  return () => value;
}

/** Whether a version is one of the journal that the folder's sweep writes to now: of another one's runs nothing is shown any longer. */
function goesOn(version: string, { sweep, version: now }: WatchedFolder): boolean {
  const journal = (of: string) => of.slice(0, of.lastIndexOf(":"));
  return sweep !== null && journal(version) === journal(now);
}

/** What one page has been told. */
class Follower {
  readonly #draw: (folder: WatchedFolder) => Promise<Drawn<PageDrawing>>;
  readonly #course: (folder: WatchedFolder) => Course;
  /** The version that the page shows, and its picture where it was told by this follower. */
  #shown: { version: string; picture: Picture | null } | null;
  #told = "";
  #gone = false;

  constructor(
    draw: (folder: WatchedFolder) => Promise<Drawn<PageDrawing>>,
    course: (folder: WatchedFolder) => Course,
    last: string | null,
  ) {
    this.#draw = draw;
    this.#course = course;
    this.#shown = last === null ? null : { version: last, picture: null };
  }

  /** What the page is to be told now; null where it shows what there is. */
  async next(folder: WatchedFolder | undefined): Promise<StreamMessage | null> {
    if (folder === undefined) {
      if (this.#gone) return null;
      this.#gone = true;
      return message(this.#shown?.version ?? "", { gone: true, course: null, picture: null });
    }
    const { version, drawing: { picture } } = await this.#draw(folder);
    const course = JSON.stringify(this.#course(folder));
    const isShown = this.#shown?.version === version;
    if (isShown && course === this.#told && !this.#gone) return null;
    const before = this.#shown?.picture ?? null;
    this.#shown = { version, picture };
    this.#told = course;
    this.#gone = false;
    const news = isShown ? "null" : pictureNews(before, picture);
    return { id: version, data: `{"gone":false,"course":${course},"picture":${news}}` };
  }
}

function message(id: string, news: { gone: boolean; course: null; picture: null }): StreamMessage {
  return { id, data: JSON.stringify(news) };
}

/** What of a picture is not as in the one before, as JSON of PictureNews; all of it where none was before. */
export function pictureNews(before: Picture | null, now: Picture): string {
  const former = new Map(before?.sections.map(({ id, html }) => [id, html]));
  const news: Omit<PictureNews, "page" | "speeds"> = {
    title: now.title,
    header: now.header === before?.header ? null : now.header,
    sections: now.sections.map(({ id, title, html }) => ({
      id,
      title,
      html: former.get(id) === html ? null : html,
    })),
    pictures: now.pictures === before?.pictures ? null : now.pictures,
  };
  const page = Object.entries(now.page).filter(([part, json]) => before?.page[part] !== json)
    .map(([part, json]) => `${JSON.stringify(part)}:${json}`);
  return `${JSON.stringify(news).slice(0, -1)},"speeds":${now.speeds},"page":{${page.join()}}}`;
}
