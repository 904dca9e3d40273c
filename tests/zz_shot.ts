import { chromium } from "playwright-core";
const [html, out, ...opts] = Deno.args;
const o = Object.fromEntries(opts.map((x) => x.split("=")));
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync","--disable-quic"] });
const p = await b.newPage({ viewport: { width: Number(o.width ?? 1280), height: 900 }, colorScheme: (o.scheme ?? "light") as "light" | "dark" });
p.on("console", (m) => console.log("console", m.type(), m.text()));
p.on("pageerror", (e) => console.log("pageerror", e.message, e.stack));
p.on("request", (r) => { if (!r.url().startsWith("file:") && !r.url().startsWith("data:")) console.log("request", r.url()); });
const t = performance.now();
await p.goto("file://" + html);
try { await p.waitForSelector("html[data-drawn]", { timeout: 8000 }); } catch { console.log("not drawn"); }
console.log("drawn in", Math.round(performance.now() - t), "ms");
if (o.media) await p.emulateMedia({ media: o.media as "print" });
if (o.pdf) await p.pdf({ path: o.pdf, format: "A4" });
if (o.eval) console.log(await p.evaluate(o.eval));
if (o.click) for (const s of o.click.split(";")) await p.click(s);
if (o.sel) await p.locator(o.sel).first().screenshot({ path: out });
else {
  const h = await p.evaluate("document.documentElement.scrollHeight") as number;
  console.log("height", h, "scrollWidth", await p.evaluate("document.documentElement.scrollWidth"));
  const from = Number(o.from ?? 0), to = Math.min(h, Number(o.to ?? h));
  await p.setViewportSize({ width: Number(o.width ?? 1280), height: Math.min(h, 12000) });
  await p.waitForTimeout(300);
  await p.screenshot({ path: out, clip: { x: 0, y: from, width: Number(o.width ?? 1280), height: to - from } });
}
await b.close();
