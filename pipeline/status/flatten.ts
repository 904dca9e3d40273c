/**
 * The values in a JSON value by their paths, such as `train.learning_rate`: mappings are taken apart, lists are not. A value that is no
 * mapping is at the path `prefix`, and a null or empty mapping there leaves nothing.
 */
export function flatten(value: unknown, prefix = ""): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  collect(value, prefix, leaves);
  return leaves;
}

function collect(value: unknown, path: string, leaves: Map<string, unknown>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    if (path !== "") leaves.set(path, value);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    collect(item, path === "" ? key : `${path}.${key}`, leaves);
  }
}
