export function then() {}
