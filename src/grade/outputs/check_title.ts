import { checkName, type CheckSpec } from "../checks/registry.ts";
import type { Track } from "../manifest.ts";
import type { GradeMessages } from "../messages/messages.ts";
import type { Rubric } from "../rubric.ts";

/** The checks of a track in a problem of the rubric; none where there is no such problem. */
function checksOf({ problems }: Rubric, { problem, track }: { problem: string; track: Track }): CheckSpec[] {
  const { checks = [] } = problems.find(({ name }) => name === problem) ?? {};
  return checks.filter(({ tracks }) => tracks.includes(track));
}

/** What the rubric says of a check of a grade; undefined where the rubric has none of this name. */
export function specOf(
  rubric: Rubric,
  { problem, track, name }: { problem: string; track: Track; name: string },
): CheckSpec | undefined {
  return checksOf(rubric, { problem, track }).find((spec) => checkName(spec) === name);
}

/** What people call a check of a grade: its kind and what it is of. Where two of a problem would be called the same, with its name. */
export function checkTitle(
  rubric: Rubric,
  place: { problem: string; track: Track; name: string },
  t: GradeMessages,
): string {
  const spec = specOf(rubric, place);
  if (spec === undefined) return place.name;
  const title = titleOf(spec, place.track, t);
  const same = checksOf(rubric, place).filter((other) => titleOf(other, place.track, t) === title);
  return same.length === 1 ? title : `${title} (${place.name})`;
}

/** In track artifact activation and reduction are the manifest's, whatever the rubric says. */
function titleOf(spec: CheckSpec, track: Track, { outputs: { check, reduction } }: GradeMessages): string {
  switch (spec.check) {
    case "shapes":
      return check.shapes[spec.of];
    case "vector":
      return check.vector(track === "ts" ? spec.activation : null);
    case "finite":
      return check.finite[spec.of];
    case "gradcheck":
      return check.gradcheck(track === "ts" ? [spec.activation, reduction[spec.reduction]] : []);
    case "one_step":
      return check.one_step[spec.through];
    case "band":
      return check.band[spec.metric];
    default:
      return check[spec.check];
  }
}
