import { rerenderReport } from "../pipeline/report.ts";
const t = performance.now();
const r = await rerenderReport(Deno.args[0], { language: Deno.args[1] as "en" | undefined });
console.log(r.notes, Math.round(performance.now() - t), "ms");
