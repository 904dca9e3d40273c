/// <reference lib="webworker" />
// What trains in the background: `deno task build` bundles it as bundle/worker.js, which the lab's file carries.
export {};
