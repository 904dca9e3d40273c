export function forward() {
  return new Promise(() => {});
}

export function loss() {
  return { then() {} };
}

export function gradients() {
  return { then: (resolve) => setInterval(() => resolve({ W1: [[1]] }), 1e9) };
}

export function step() {
  return {
    get then() {
      throw new RangeError("no");
    },
  };
}

export function misclassified() {
  // each resolves to the next
  const next = { then: (resolve) => setTimeout(() => resolve(next), 0) };
  return next;
}

// Answers after it has answered.
export function initialize() {
  return {
    then(resolve, reject) {
      resolve("first");
      resolve("second");
      reject("third");
      setTimeout(() => resolve("fourth"), 0);
    },
  };
}
