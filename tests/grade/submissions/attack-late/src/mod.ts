// Goes on after it has answered, and fails where nobody waits.
export function forward() {
  setTimeout(() => {
    throw new Error("later");
  }, 0);
  return "now";
}

export function loss() {
  Promise.reject(new RangeError("nobody waits for this"));
  return new Promise((resolve) => setTimeout(resolve, 1000, "too late"));
}

export async function gradients() {
  setTimeout(() => {
    throw { toString: null };
  }, 0);
  await new Promise(() => setInterval(() => {}, 1000));
}

export function step() {
  return "well";
}
