/// <reference lib="deno.worker" />
// A worker as worker.ts, but one whose trainings die, by their learning rate: 0.1 an epoch after it began, 0.2 whenever an epoch has
// passed. What it has sent by then is a checkpoint.
import "./intercept.ts";
import "../../../pipeline/workers/worker.ts";
