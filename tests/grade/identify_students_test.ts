import assert from "node:assert/strict";
import { finalGrades } from "../../src/grade/final_grade.ts";
import { identifyStudents } from "../../src/grade/identify_students.ts";
import { studentOfName } from "../../src/grade/platform_name.ts";
import { classMembers, readRoster } from "../../src/grade/roster.ts";
import { beginsWithId } from "../../src/grade/student_id.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { sampleGrade } from "./sample_grade.ts";
import { sampleRubric } from "./sample_rubric.ts";

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

/** Whose submissions are that have no manifest, by a roster of these ids. */
function byRoster(ids: string[], names: string[]): string[] {
  const roster = readRoster([["student"], ...ids.map((id) => [id])]);
  return identifyStudents(names.map((name) => of(name, studentOfName(name))), t, roster)
    .map(({ student }) => student);
}

Deno.test("a submission without a manifest is the roster's student's with whose id its name begins", () => {
  const ids = ["s1234567", "s2345678", "s3456789", "がぎ", "s4567890", "s1", "s12", "s12-b"];
  assert.deepEqual(
    byRoster(ids, [
      "s1234567_課題",
      "s4567890 (1)",
      "S2345678",
      "ｓ３４５６７８９",
      "がぎ".normalize("NFD"),
      "s1234567課題",
    ]),
    ["s1234567", "s4567890", "s2345678", "s3456789", "がぎ", "s1234567"],
  );
  assert.deepEqual(byRoster(ids, ["s12", "s1-2", "s12-b-2", "s123", "s12-bc", "か", "がぎぐ"]), [
    "s12",
    "s1",
    "s12-b",
    "s123",
    "s12",
    "か",
    "がぎぐ",
  ]);
});

Deno.test("a roster's student who handed in a notebook has one row, and is not told to have handed in nothing", () => {
  const roster = readRoster([["student", "name"], ["s1234567", "青木"], ["がぎ", "江口"], ["s9", "Nobody"]]);
  const names = ["s1234567_課題", "がぎ".normalize("NFD")];
  const grades = finalGrades(
    identifyStudents(names.map((name) => of(name, studentOfName(name))), t, roster),
    { rubric: sampleRubric(), overrides: [], submitted: new Map() },
  );
  assert.deepEqual(
    classMembers(grades, roster).map(({ student, name, final }) => [student, name, final === null]),
    [["s1234567", "青木", false], ["s9", "Nobody", true], ["がぎ", "江口", false]],
  );
});

Deno.test("the roster's number of a learning platform says whose a submission is that names nobody", () => {
  const roster = readRoster([["Identifier", "Full name", "ID number"], ["Participant 5", "Ann Lee", "s1"], [
    "Participant 6",
    "Bob",
    "Ann",
  ]]);
  const name = "Ann Lee_5_assignsubmission_file_";
  assert.equal(identifyStudents([of(name, studentOfName(name))], t, roster)[0].student, "s1");
});

Deno.test("one student is one however the id is written, and nothing false is said of it", () => {
  const nfd = "がぎ".normalize("NFD");
  const grades = identifyStudents([
    of(nfd, "がぎ"),
    of("ｓ０９９", "s099"),
    of("S099-2", "ｓ０９９"),
    of("S7", "s7"),
  ], t);
  assert.deepEqual(grades.map(({ student, claim }) => [student, claim]), [
    ["がぎ", null],
    ["s099", null],
    ["s099", null],
    ["s7", null],
  ]);
});

Deno.test("a name does not begin with an id that goes on", () => {
  for (const name of ["s1", "S1-2", "s1_a", "s1 (1)", "s1課題", "ｓ１"]) {
    assert.ok(beginsWithId(name, "s1"), name);
  }
  for (const name of ["s12", "s1a", "s1é", "s", "xs1"]) assert.ok(!beginsWithId(name, "s1"), name);
  assert.ok(!beginsWithId("山田太郎", "山田"));
  assert.ok(beginsWithId("山田 太郎", "山田"));
  assert.ok(!beginsWithId("が".normalize("NFD"), "か"));
});

Deno.test("overrides and times of submission find their student however the id is written", () => {
  const [final] = finalGrades([of("がぎ", "がぎ")], {
    rubric: sampleRubric({ due: "2026-05-01T00:00:00Z" }),
    overrides: [{
      student: "がぎ".normalize("NFD"),
      problem: "forward",
      check: "value",
      points: 4,
      reason: "why",
    }],
    submitted: new Map([["がぎ".normalize("NFD"), "2026-05-01T12:00:00Z"]]),
  });
  assert.deepEqual([final.raw, final.lateness.days], [4, 1]);
});
