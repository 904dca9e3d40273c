import type { RowKind } from "../../data/catalogue.ts";
import type { PageData } from "../../report/page/page_data.ts";
import type { Language, Texts } from "../../text/language.ts";
import type { ExperimentState } from "../list/summary.ts";

/** Where the page carries what it shows of the sweep's course. */
export const COURSE_ID = "course-data";

/** What a worker does. */
export interface WorkerCourse {
  readonly trial: number;
  readonly seed: number;
  /** The swept values, for a person. */
  readonly label: string;
  /** The last that has ended; 0 before the first has. */
  readonly epoch: number;
  readonly epochs: number;
  readonly train_loss: number | null;
  readonly val_accuracy: number | null;
}

/** How far a sweep has come. */
export interface Course {
  readonly place: string;
  readonly state: ExperimentState;
  /** Whether what is shown is of this sweep: one that was interrupted before its first run leaves the results of the one before it. */
  readonly hasRun: boolean;
  readonly problem: Texts | null;
  readonly done: number;
  /** Null before it is known. */
  readonly all: number | null;
  /** Whether a run is trained in several rungs, each of which is counted. */
  readonly legs: boolean;
  readonly fraction: number | null;
  readonly secondsLeft: number | null;
  /** Images, or points, that are trained in a second. */
  readonly speed: number | null;
  readonly rows: RowKind;
  /** Of halving. */
  readonly rung: {
    readonly rung: number;
    readonly rungs: number;
    readonly trials: number;
    readonly epochs: number;
  } | null;
  /** The step that is under way where no run is. */
  readonly step: string | null;
  /** Null is idle. */
  readonly workers: readonly (WorkerCourse | null)[];
  readonly remarks: readonly Texts[];
}

/** What the page is opened with. */
export interface ExperimentData {
  readonly language: Language;
  readonly id: string;
  /** Of the stream, from which news go on. */
  readonly from: string;
  readonly course: Course;
}

/** A part of the page as it is now. */
export interface SectionNews {
  readonly id: string;
  readonly title: string;
  /** Without what its living part holds; null where it is as before. */
  readonly html: string | null;
}

/** A message: what has changed on the page. */
export interface ExperimentNews {
  /** Whether the folder is no longer there. */
  readonly gone: boolean;
  readonly course: Course | null;
  readonly picture: PictureNews | null;
}

/** What has changed of what is known of the runs. */
export interface PictureNews {
  /** Of the window. */
  readonly title: string;
  readonly header: string | null;
  /** In order: what is not among them is gone. */
  readonly sections: readonly SectionNews[];
  /** Of the data of the living parts, those that have changed. */
  readonly page: Partial<PageData>;
  /** The style of its pictures; null where it is as before. */
  readonly pictures: string | null;
  /** Images a second by trial; null where nobody knows them. */
  readonly speeds: Readonly<Record<string, number>> | null;
}
