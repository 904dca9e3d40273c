import assert from "node:assert/strict";
import { identifyStudents } from "../../src/grade/final_grade.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { sampleGrade } from "./sample_grade.ts";

const t = gradeMessages("en");
const of = (submission: string, student: string) => sampleGrade(student, [0, 0, 0], { submission });
const students = (...claims: [submission: string, student: string][]) =>
  identifyStudents(claims.map(([submission, student]) => of(submission, student)), t).map(({ student }) =>
    student
  );

Deno.test("a submission is its manifest's student's, whatever the learning platform called it", () => {
  assert.deepEqual(students(["upload_1", "alice"], ["upload_2", "bob"]), ["alice", "bob"]);
});

Deno.test("several submissions named after a student are that student's attempts", () => {
  assert.deepEqual(students(["alice", "alice"], ["alice-2", "alice"], ["alice_final", "alice"]), [
    "alice",
    "alice",
    "alice",
  ]);
});

Deno.test("nobody hands in for somebody else", () => {
  assert.deepEqual(students(["alice", "alice"], ["mallory", "alice"]), ["alice", "mallory"]);
  assert.deepEqual(students(["alice", "alice"], ["alice2", "alice"]), ["alice", "alice2"]);
  assert.deepEqual(students(["upload_1", "alice"], ["upload_2", "alice"]), ["upload_1", "upload_2"]);
  const [, { claim }] = identifyStudents([of("alice", "alice"), of("mallory", "alice")], t);
  assert.match(claim ?? "", /^manifest.yaml: says student alice, who has a submission of their own/);
  // Nor by being named like somebody whose manifest cannot be read.
  assert.deepEqual(students(["alice", "alice"], ["x", "alice"], ["y", "x"]), ["alice", "x", "y"]);
});
