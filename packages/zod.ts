// Types; what of it there is when a program runs: zod_parts.ts.

export { prettifyError, z } from "npm/zod";
