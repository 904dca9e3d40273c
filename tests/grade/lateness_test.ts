import assert from "node:assert/strict";
import { lateness } from "../../src/grade/final_grade.ts";
import { sampleRubric } from "./sample_rubric.ts";

const rubric = sampleRubric({
  due: "2026-05-01T23:59:00+09:00",
  late: { grace_minutes: 15, per_day: 10, maximum: 25 },
  attempts: { free_until: "2026-05-20T00:00:00Z" },
});

Deno.test("each day begun after the grace counts, from the due time on, up to the maximum", () => {
  const days = (submitted: string) => {
    const { days, percent } = lateness({ submitted }, rubric);
    return [days, percent];
  };
  assert.deepEqual(days("2026-05-01T14:59:00Z"), [0, 0]); // exactly the due time, in another zone
  assert.deepEqual(days("2026-05-02T00:14:00+09:00"), [0, 0]);
  assert.deepEqual(days("2026-05-02T00:14:01+09:00"), [1, 10]);
  assert.deepEqual(days("2026-05-02T23:59:00+09:00"), [1, 10]);
  assert.deepEqual(days("2026-05-02T23:59:01+09:00"), [2, 20]);
  assert.deepEqual(days("2026-05-30T00:00:00+09:00"), [29, 25]);
});

Deno.test("another attempt is no later than the first one, until the rubric's free time ends", () => {
  const submitted = "2026-05-19T00:00:00Z";
  assert.equal(lateness({ submitted, firstSubmitted: "2026-05-01T00:00:00Z" }, rubric).percent, 0);
  assert.equal(lateness({ submitted, firstSubmitted: "2026-05-02T12:00:00Z" }, rubric).percent, 10);
  assert.equal(
    lateness({ submitted: "2026-05-20T00:00:01Z", firstSubmitted: "2026-05-01T00:00:00Z" }, rubric).percent,
    25,
  );
  assert.equal(lateness({ submitted }, rubric).percent, 25);
});

Deno.test("nothing is late without a due time or a known time of submission", () => {
  assert.deepEqual(lateness({ submitted: null }, rubric), { submitted: null, days: 0, percent: 0 });
  assert.equal(lateness({ submitted: "2099-01-01T00:00:00Z" }, sampleRubric()).percent, 0);
});
