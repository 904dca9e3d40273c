for (;;);
export function forward() {}
