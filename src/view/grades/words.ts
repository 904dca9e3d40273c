import type { Language } from "../../text/language.ts";
import { formatCounted } from "../../text/numbers.ts";

/** What the viewer says of grades. */
export type GradesWords = typeof en;

export function gradesWords(language: Language): GradesWords {
  return language === "ja" ? ja : en;
}

const en = {
  title: "Grades",
  lead: "What `deno task grade` has written: names and marks of students.",
  experiments: "All experiments",
  link: (count: number) => `Grades (${count})`,
  none: "There are no grades below these folders.",
  assignment: "assignment",
  when: "when",
  submissions: "submissions",
  points: "points, mean",
  count: (count: number) => formatCounted(count, "submission"),
  of: (mean: string, max: string) => `${mean} of ${max}`,
  classPage: "The class",
  feedback: "Feedback, by submission",
  frame: (title: string) => `${title}: the page as it was written`,
  apart: "shown in a frame of its own, in which nothing is run",
  before: "← before",
  next: "next →",
  noPage: "There is no report.html among its files.",
};

const ja: GradesWords = {
  title: "採点結果",
  lead: "`deno task grade` が書き出した、学生の名前と点数です。",
  experiments: "実験の一覧",
  link: (count) => `採点結果（${count}）`,
  none: "これらのフォルダには採点結果がありません。",
  assignment: "課題",
  when: "日時",
  submissions: "提出数",
  points: "平均点",
  count: (count) => `提出 ${count} 件`,
  of: (mean, max) => `${mean} / ${max} 点`,
  classPage: "クラス全体",
  feedback: "提出物ごとのフィードバック",
  frame: (title) => `${title}（書き出されたページ）`,
  apart: "独立した枠の中に表示しています（その中では何も実行されません）",
  before: "← 前",
  next: "次 →",
  noPage: "ファイルの中に report.html がありません。",
};
