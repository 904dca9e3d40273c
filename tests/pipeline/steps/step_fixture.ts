import type { PipelineEvent } from "../../../pipeline/progress/events.ts";
import type { StepContext } from "../../../pipeline/steps/step.ts";
import { Store } from "../../../pipeline/store/store.ts";

/** A context for performing steps in a test, which keeps what it is told. */
export interface TestContext extends StepContext {
  readonly events: PipelineEvent[];
  /** The messages of the notes and warnings among them. */
  messages(): string[];
}

export async function openContext(
  folder: string,
  signal = new AbortController().signal,
): Promise<TestContext> {
  const events: PipelineEvent[] = [];
  const emit = (event: PipelineEvent) => void events.push(event);
  const messages = () =>
    events.flatMap((event) => event.type === "note" || event.type === "warning" ? [event.message] : []);
  const onWarning = (message: string) => emit({ type: "warning", message });
  return { store: await Store.open(folder, { onWarning }), signal, emit, events, messages };
}
