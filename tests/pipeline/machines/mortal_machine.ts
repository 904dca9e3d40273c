// A machine in a thread of its own, which a test can kill: nothing is given back then. It is told its options by a message.
import { serveMachine } from "../../../pipeline/machines/serve_machine.ts";

addEventListener("message", ({ data }: MessageEvent) => {
  void serveMachine(data, { signal: new AbortController().signal, tell() {} });
}, { once: true });
