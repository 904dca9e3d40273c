import assert from "node:assert/strict";
import { finalGrades } from "../../src/grade/final_grade.ts";
import { identifyStudents } from "../../src/grade/identify_students.ts";
import { formatCanvas } from "../../src/grade/outputs/canvas_csv.ts";
import { formatMoodle } from "../../src/grade/outputs/moodle_csv.ts";
import { platformName, studentOfName } from "../../src/grade/platform_name.ts";
import { classMembers, readRoster } from "../../src/grade/roster.ts";
import { sayFault } from "../../src/grade/fault.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { sampleGrade } from "./sample_grade.ts";
import { sampleRubric } from "./sample_rubric.ts";

const rubric = sampleRubric();
const t = gradeMessages("en");

Deno.test("names of Moodle's and Canvas's downloads say whose they are, and other names say nothing", () => {
  const of = (name: string) => {
    const found = platformName(name);
    return found && [found.platform, found.person, found.id];
  };
  assert.deepEqual(of("Hanako Yamada_12345_assignsubmission_file_"), ["moodle", "Hanako Yamada", "12345"]);
  assert.deepEqual(of("山田 花子_12345_assignsubmission_file"), ["moodle", "山田 花子", "12345"]);
  assert.deepEqual(of("Ann_B Lee_77_assignsubmission_file_my_work_2"), ["moodle", "Ann_B Lee", "77"]);
  assert.deepEqual(of("yamadahanako_LATE_12345_67890_submission-2"), ["canvas", "yamadahanako", "12345"]);
  assert.deepEqual(of("yamadahanako_12345_67890_work"), ["canvas", "yamadahanako", "12345"]);
  // As macOS has the names of files.
  const apart = "山田 がく_12345_assignsubmission_file_".normalize("NFD");
  assert.deepEqual(of(apart), ["moodle", "山田 がく", "12345"]);
  assert.equal(studentOfName(apart), "山田 がく (12345)");
  assert.equal(studentOfName("がく".normalize("NFD")), "がく");
  for (const name of ["s1234567", "s1234567-2", "my_work_2", "s1_2026_final"]) {
    assert.equal(of(name), null, name);
  }
});

Deno.test("resubmissions of one person on the platform are attempts, of two persons a claim", () => {
  const students = (...names: string[]) =>
    identifyStudents(names.map((submission) => sampleGrade("s1", [0, 0, 0], { submission })), t).map((
      { student },
    ) => student);
  assert.deepEqual(students("leeann_5_70_work", "leeann_5_71_work-1"), ["s1", "s1"]);
  assert.deepEqual(students("leeann_5_70_work", "smithbob_6_72_work"), ["leeann (5)", "smithbob (6)"]);
});

Deno.test("the template's student is nobody, however many leave it so", () => {
  const grades = ["a", "b"].map((submission) => sampleGrade("your-id", [0, 0, 0], { submission }));
  const found = identifyStudents(grades, t);
  assert.deepEqual(found.map(({ student }) => student), ["a", "b"]);
  assert.equal(
    found[0].claim,
    "manifest.yaml: student is still the template's; by its name the submission was graded as that of a.",
  );
});

Deno.test("a student who is in a roster twice is one, and a row without an id is told of; Canvas's own rows are not", () => {
  const odd = (cells: string[][]) => {
    const said: string[] = [];
    const found = readRoster(cells, { onOdd: (fault) => said.push(sayFault(fault, t)) });
    return [found.map(({ student }) => student), said];
  };
  assert.deepEqual(
    odd([["student", "name"], ["T01OK", "A"], ["", "B"], [""], ["t01ok", "C"], ["s2", "D"]]),
    [
      ["T01OK", "s2"],
      [
        "line 3 names no student and counts for nobody",
        "line 5: t01ok stands in line 2 already, and counts once, as there",
      ],
    ],
  );
  assert.deepEqual(odd([...canvas, ["Student, Test", "9", "", "", "A", ""]]), [["s1", "s2"], []]);
});

const [own, canvas, moodle] = [
  [["student", "name"], ["s1", "Ann Lee"], ["s2", "Bob Smith"]],
  [
    ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Sprint (12)"],
    ["    Points Possible", "", "", "", "", "20"],
    ["Lee, Ann", "5", "u1", "s1", "A", ""],
    ["Smith, Bob", "6", "u2", "s2", "B", ""],
  ],
  [
    ["Identifier", "Full name", "ID number", "Email address"],
    ["Participant 5", "Ann Lee", "s1", "ann@example.org"],
    ["Participant 6", "Bob Smith", "s2", "bob@example.org"],
  ],
];

Deno.test("a roster is read as we write it, and as Canvas and Moodle export it", () => {
  assert.deepEqual(readRoster(own).map(({ student, name }) => [student, name]), [["s1", "Ann Lee"], [
    "s2",
    "Bob Smith",
  ]]);
  assert.deepEqual(readRoster(canvas)[0], {
    student: "s1",
    name: "Lee, Ann",
    email: null,
    id: "5",
    section: "A",
  });
  assert.deepEqual(readRoster(canvas).length, 2);
  assert.deepEqual(readRoster(moodle)[1], {
    student: "s2",
    name: "Bob Smith",
    email: "bob@example.org",
    id: "6",
    section: null,
  });
  assert.throws(() => readRoster([["who"]]), {
    name: "SyntaxError",
    message: "it must have a column student, found who",
  });
});

Deno.test("a column without a title, as pandas writes its index, is none of a roster's", () => {
  assert.deepEqual(readRoster([["", "学籍番号"], ["0", "s1"], ["1", "s2"]]), [
    { student: "s1", name: null, email: null, id: null, section: null },
    { student: "s2", name: null, email: null, id: null, section: null },
  ]);
  assert.throws(() => readRoster([["", "name_x"], ["0", "a"]]), {
    message: "it must have a column student, found , name_x",
  });
});

Deno.test("both platforms' exports have everybody's grade, and nothing for who handed in nothing", () => {
  const grades = finalGrades([
    sampleGrade("s1", [8, 4, 3], { submission: "Ann Lee_5_assignsubmission_file_" }),
  ], {
    rubric,
    overrides: [],
    submitted: new Map(),
  });
  const members = (roster: string[][]) => classMembers(grades, readRoster(roster));
  assert.deepEqual(members(own).filter(({ final }) => final === null).map(({ student }) => student), ["s2"]);
  assert.equal(
    formatCanvas(members(canvas), rubric),
    'Student,ID,SIS Login ID,Section,Sample\nPoints Possible,,,,20\n"Lee, Ann",5,s1,A,15\n"Smith, Bob",6,s2,B,\n',
  );
  assert.equal(
    formatMoodle(members(moodle), { points: 20, feedback: () => "see below" }),
    "Identifier,Full name,Email address,Grade,Maximum Grade,Feedback comments\n" +
      "Participant 5,Ann Lee,ann@example.org,15,20,see below\nParticipant 6,Bob Smith,bob@example.org,,20,\n",
  );
  // Without a roster the download's names say as much as they can.
  assert.match(
    formatMoodle(classMembers(grades, []), { points: 20, feedback: () => "" }),
    /^Participant 5,Ann Lee,,15,20,$/m,
  );
});
