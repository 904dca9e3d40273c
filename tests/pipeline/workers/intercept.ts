/// <reference lib="deno.worker" />
import type { WorkerReply, WorkerRequest } from "../../../pipeline/workers/protocol.ts";

/** Requests that worker.ts is to see as they are. */
const passed = new WeakSet<object>();

self.addEventListener("message", (event: MessageEvent<WorkerRequest>) => {
  const { data } = event;
  if (data.type !== "train" || passed.has(data)) return;
  const { learning_rate } = data.training.train;
  const last = (data.from?.epoch ?? 0) + 1;
  const dies = learning_rate === 0.2 || (learning_rate === 0.1 && data.from === null);
  if (!dies || last >= data.epochs) return;
  event.stopImmediatePropagation();
  const send = self.postMessage.bind(self);
  self.postMessage = (message: WorkerReply) => {
    if (message.type === "checkpoint" || (message.type === "epoch" && message.epoch <= last)) send(message);
  };
  const request: WorkerRequest = { ...data, epochs: last + 1, checkpointSeconds: 0 };
  passed.add(request);
  self.dispatchEvent(new MessageEvent("message", { data: request }));
  // What was sent has arrived by then, also where all cores are busy: a death overtakes messages.
  setTimeout(() => {
    throw new Error("out of luck");
  }, 500);
});
