import type { Visibility } from "../checks/check.ts";
import { type CheckSpec, evaluatesNetwork } from "../checks/registry.ts";
import type { GradeMessages } from "../messages/messages.ts";
import type { Rubric } from "../rubric.ts";
import { type CheckGrade, type Stage, STAGES, type SubmissionGrade } from "../submission_grade.ts";
import { specOf } from "./check_title.ts";

const SHOWN: Readonly<Record<Stage, readonly Visibility[]>> = {
  open: ["visible"],
  due: ["visible", "after_due_date"],
  published: ["visible", "after_due_date", "after_published"],
};

/** What of a grade a student may see at a stage: the one place that decides it. */
export class Shown {
  readonly #grade: SubmissionGrade;
  readonly #rubric: Rubric;
  readonly #stage: Stage;

  constructor(grade: SubmissionGrade, { rubric, stage }: { rubric: Rubric; stage: Stage }) {
    this.#grade = grade;
    this.#rubric = rubric;
    this.#stage = stage;
  }

  check({ visibility }: CheckGrade): boolean {
    return SHOWN[this.#stage].includes(visibility);
  }

  /** Whether all checks are shown. */
  get whole(): boolean {
    return this.#checks.every((check) => this.check(check));
  }

  /** Whether there are checks of this kind, and all of them are shown. */
  all(is: (spec: CheckSpec) => boolean): boolean {
    const { problems, track } = this.#grade;
    const ours = problems.flatMap((problem) =>
      problem.checks.filter(({ name }) => {
        const spec = specOf(this.#rubric, { problem: problem.name, track, name });
        return spec !== undefined && is(spec);
      })
    );
    return ours.length > 0 && ours.every((check) => this.check(check));
  }

  /** What the trained network reaches is what the checks found that had it run: where one of them is hidden, so is that. */
  get evaluation(): boolean {
    return this.whole || this.all(evaluatesNetwork);
  }

  /** A check's reason, as long as it tells nothing that a check found which is not shown by the time that this one is. */
  reason(check: CheckGrade, { outputs: { feedback } }: GradeMessages): string {
    const { elsewhere = [], reason, visibility, points, max } = check;
    const stages = STAGES.slice(STAGES.indexOf(this.#stage));
    const stage = stages.find((stage) => SHOWN[stage].includes(visibility));
    if (stage === undefined) return reason;
    const all = this.#checks;
    const told = elsewhere.every((payers) => payers.some((i) => SHOWN[stage].includes(all[i].visibility)));
    if (told) return reason;
    return points < max ? feedback.partlyHidden : feedback.nothingLost;
  }

  get #checks(): readonly CheckGrade[] {
    return this.#grade.problems.flatMap(({ checks }) => checks);
  }
}
