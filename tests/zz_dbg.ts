import { chromium } from "playwright-core";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu"] });
const p = await b.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
await p.goto("file:///tmp/report/q/report.html");
await p.waitForSelector("html[data-drawn]");
await p.locator("#curve-val_loss").scrollIntoViewIfNeeded();
console.log(await p.evaluate(`(() => {
  const paths = [...document.querySelectorAll('#curve-val_loss .role-mark path[stroke="#b4bac2"]')];
  const out = [];
  for (const path of [paths[0], paths.at(-1)]) {
    const pt = path.getPointAtLength(path.getTotalLength() * 0.15).matrixTransform(path.getScreenCTM());
    const el = document.elementFromPoint(pt.x, pt.y);
    out.push([paths.length, pt.x, pt.y, path.outerHTML.slice(0, 200), path.getAttribute('stroke-opacity'), el.outerHTML.slice(0, 300), el.parentElement.outerHTML.slice(0,200)]);
  }
  return JSON.stringify(out, null, 1);
})()`));
await b.close();
