import type { StepIdentity } from "../store/fingerprint.ts";
import { flatten } from "./flatten.ts";
import type { Reason } from "./step_state.ts";

/** The values that differ between two mappings, as the paths of `after` and then those that only `before` has. */
export function parameterChanges(before: unknown, after: unknown): Reason[] {
  const [old, now] = [flatten(before), flatten(after)];
  const paths = [...now.keys(), ...[...old.keys()].filter((path) => !now.has(path))];
  return paths.flatMap((path): Reason[] => {
    const [from, to] = [old.get(path) ?? null, now.get(path) ?? null];
    return JSON.stringify(from) === JSON.stringify(to)
      ? []
      : [{ kind: "parameter", path, before: from, after: to }];
  });
}

/** What is different about a step: its version, the contents of its inputs, its parameters. */
export function identityChanges(before: StepIdentity, after: StepIdentity): Reason[] {
  const changes: Reason[] = [];
  if (before.version !== after.version) {
    changes.push({ kind: "version", step: after.step, before: before.version, after: after.version });
  }
  for (const [input, sha256] of Object.entries(after.inputs)) {
    if (before.inputs[input] !== sha256) changes.push({ kind: "content", input: showInput(input) });
  }
  for (const change of parameterChanges(before.parameters, after.parameters)) {
    // The data's files are known by their hashes, which say nothing to a reader.
    const file = change.kind === "parameter" && /^sha256\.(\w+)$/.exec(change.path)?.[1];
    changes.push(file ? { kind: "content", input: showInput(file) } : change);
  }
  return changes;
}

function showInput(name: string): string {
  return name.replaceAll("_", "-");
}
