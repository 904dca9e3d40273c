/// <reference lib="deno.worker" />
// Stands in for the worker that draws charts, and dies of the first one.

self.addEventListener("message", () => {
  throw new RangeError("no paper");
});
