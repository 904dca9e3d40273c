import { isReservedName } from "../../text/reserved_names.ts";

/** Students' names as every file system takes them; of two that would be the same file the later one gets a number. */
export function studentFileNames(students: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(students.map((student) => [student, fileName(student, taken)]));
}

function fileName(student: string, taken: Set<string>): string {
  const kept = student.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_").replace(/^\.+/, "").slice(0, 64) || "student";
  const plain = isReservedName(kept) ? `student-${kept}` : kept;
  let name = plain;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}-${n}`;
  taken.add(name.toLowerCase());
  return name;
}
