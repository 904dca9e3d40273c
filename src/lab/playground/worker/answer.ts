import type { Engine } from "../../../nn/bench.ts";
import { Session } from "../session.ts";
import type { Answer, Request } from "./protocol.ts";

/** What answers requests, one after another: it holds the training that was opened last. */
export function answering(kernels: Engine): (request: Request) => Answer {
  let session: Session | null = null;
  return (request) => {
    const { id } = request;
    try {
      if (request.kind === "open") {
        session = null; // its memory may go before the next one's comes
        session = new Session(request.setting, kernels);
        return { kind: "frame", id, frame: session.first(request.view), points: session.points };
      }
      if (session === null) throw new Error("Cannot train: a training must be opened first, found none");
      return { kind: "frame", id, frame: session.advance(request), points: null };
    } catch (error) {
      return { kind: "failed", id, message: error instanceof Error ? error.message : String(error) };
    }
  };
}
