// The module itself is a promise that says what it was imported as.
export function then(resolve: (value: unknown) => void) {
  resolve({
    forward: () => "as another",
    get loss() {
      throw new RangeError("a getter");
    },
  });
}

export function forward() {
  return "as written";
}
