/// <reference lib="webworker" />
// What trains in the background: `deno task build` bundles it as bundle/worker.js, which the lab's file carries.

import { loadKernels } from "../../../nn/kernels.ts";
import { answering } from "./answer.ts";
import type { Answer, Request } from "./protocol.ts";

const ready = loadKernels().then(answering);

// Each waits for those before it, as all wait for the same promise.
self.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  let answer: Answer;
  try {
    answer = (await ready)(data);
  } catch (error) {
    answer = { kind: "failed", id: data.id, message: String(error) };
  }
  self.postMessage(answer);
});
