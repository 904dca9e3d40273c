export function forward() {
  Deno.exit(0);
}

export function loss() {
  process.exit(0);
}

export function gradients() {
  process.abort();
}

export function step() {
  process.reallyExit(7);
}

export function misclassified() {
  for (const rid of [0, 1, 2]) Deno[Deno.internal].core.tryClose(rid);
  return [1];
}

export function initialize() {
  Deno.stdin.close();
  return "answered";
}
