import { join } from "node:path";
import { ConfigError, problem } from "../../src/config/yaml/config_error.ts";
import { keyPositionAt, positionAt } from "../../src/config/yaml/located_value.ts";
import {
  doubledOverride,
  misplacedOverride,
  type Override,
  overridesSchema,
} from "../../src/grade/overrides.ts";
import { sayFault } from "../../src/grade/fault.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import type { Rubric } from "../../src/grade/rubric.ts";
import type { GradesFolder } from "./grades_folder.ts";
import { parseYaml } from "./parse_yaml.ts";

const OVERRIDES = "overrides.yaml";
const NO_OVERRIDES = `# Grades set by hand. Grading again keeps this file and applies it.
#
# overrides:
#   - { student: s1234567, problem: backpropagation, check: one_step, points: 8, reason: "agreed in the exercise" }
#   - { student: s1234567, problem: backpropagation, points: 20, reason: "the problem as a whole" }
#   - { student: s7654321, points: 55, reason: "the total, after lateness" }
`;

/**
 * The grades set by hand in a folder of grades, and the text that says so. Where there is no such file yet, one that explains itself is put
 * there, for the instructor to go on with.
 *
 * @throws ConfigError with the place of what is wrong, also for a problem or check that the rubric does not have, and for one set twice
 */
export async function readOverrides(
  folder: GradesFolder,
  rubric: Rubric,
): Promise<{ overrides: Override[]; text: string }> {
  await folder.offer(OVERRIDES, NO_OVERRIDES);
  const text = await folder.read(OVERRIDES) ?? "";
  return { overrides: parseOverrides(text, { rubric, file: join(folder.path, OVERRIDES) }), text };
}

function parseOverrides(text: string, { rubric, file }: { rubric: Rubric; file: string }): Override[] {
  const { value: { overrides }, root } = parseYaml(text, {
    file,
    schema: overridesSchema,
    what: "the overrides",
    texts: ["student"],
  });
  const doubled = doubledOverride(overrides);
  if (doubled !== undefined) {
    const [first, second] = doubled.map((index) => positionAt(root, ["overrides", index]));
    throw new ConfigError([problem(second, ["overrides", doubled[1]], {
      en: `sets the same points as line ${first.line}; remove one of the two`,
      ja: `${first.line} 行目と同じ学生の同じ箇所の点を指定しています。どちらかを取り除いてください`,
    })]);
  }
  const misplaced = misplacedOverride(overrides, rubric);
  if (misplaced === undefined) return overrides;
  const { index, key, fault } = misplaced;
  const path = ["overrides", index, key];
  const position = key in overrides[index] ? positionAt(root, path) : keyPositionAt(root, path);
  const [en, ja] = [sayFault(fault, gradeMessages("en")), sayFault(fault, gradeMessages("ja"))];
  throw new ConfigError([problem(position, path, { en, ja })]);
}
