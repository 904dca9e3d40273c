import type { Language } from "../../../src/text/language.ts";
import { renderGrades, renderGradesList } from "../../../src/view/grades/document.tsx";
import { viewWords } from "../../../src/view/words.ts";
import { HEADERS, page, refuse } from "../gate.ts";
import { missing } from "../missing.ts";
import { problemOf } from "../problem.ts";
import { CLASS_PAGE, FEEDBACK_FOLDER } from "../../../src/grade/outputs/file_names.ts";
import { type GradesPlace, readGrades, readGradesPage } from "./grades_files.ts";

/**
 * What is said of a page that a grading wrote, or somebody else put into its place: it has no origin, and no script of it is run, wherever
 * it is opened.
 */
const FRAMED = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'self'";

const PAGE = /^\/g\/([0-9a-f]{12})\/(?:([1-9]\d{0,3})|([0-9a-f]{32})\/(.{1,800}))?$/;

/** The pages of grades that were found. */
export class GradesPages {
  /**
   * Stands in the address of what is framed. A link in such a frame is followed without the server's cookie, as the frame has no origin: by
   * this it is known that a page of this server led there.
   */
  readonly #key = crypto.randomUUID().replaceAll("-", "");
  readonly #places: () => readonly GradesPlace[];

  /** @param places that were found; none where grades are not to be shown */
  constructor(places: () => readonly GradesPlace[]) {
    this.#places = places;
  }

  get count(): number {
    return this.#places().length;
  }

  /** Whether an address is one that only a page of this server can have led to. */
  isKeyed(pathname: string): boolean {
    return PAGE.exec(pathname)?.[3] === this.#key;
  }

  /** Null where the address is none of grades. */
  async answer(pathname: string, language: Language): Promise<Response | null> {
    if (pathname === "/grades") {
      const found = await Promise.all(this.#places().map(readGrades));
      const summaries = found.map(({ summary }) => summary).sort((a, b) => b.at - a.at);
      const { html, policy } = renderGradesList(summaries, language);
      return page(html, policy);
    }
    const [, id, number, key, file] = PAGE.exec(pathname) ?? [];
    if (id === undefined) return null;
    const place = this.#places().find((each) => each.id === id);
    if (place === undefined || key !== undefined && key !== this.#key) {
      return missing("grades", language);
    }
    return file === undefined
      ? await this.#wrapped(place, number === undefined ? null : Number(number) - 1, language)
      : await this.#framed(place, file, language);
  }

  async #wrapped(place: GradesPlace, shown: number | null, language: Language): Promise<Response> {
    const { summary, students, hasClassPage } = await readGrades(place);
    if (shown !== null && shown >= students.length) {
      return missing("feedback", language);
    }
    const at = `/g/${place.id}/${this.#key}/`;
    const source = shown !== null
      ? `${at}${FEEDBACK_FOLDER}/${encodeURIComponent(students[shown])}.html`
      : hasClassPage
      ? at + CLASS_PAGE
      : null;
    const { html, policy } = renderGrades({ language, summary, students, shown, source });
    return page(html, policy);
  }

  async #framed(place: GradesPlace, file: string, language: Language): Promise<Response> {
    try {
      const bytes = await readGradesPage(place, decodeURIComponent(file));
      if (bytes === null) return refuse(404, viewWords(language).missing.gradesFile);
      return new Response(bytes, {
        headers: {
          ...HEADERS,
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": FRAMED,
          "x-frame-options": "SAMEORIGIN",
        },
      });
    } catch (error) {
      if (error instanceof URIError) return refuse(404, viewWords(language).missing.gradesFile);
      return refuse(404, problemOf(error)[language]);
    }
  }
}
