// Reads a file with the module graph: whatever the permissions, an entry point of Deno 2.9.6 may.
import secret from "file:///etc/passwd" with { type: "text" };

export function forward() {
  return { probabilities: secret };
}
