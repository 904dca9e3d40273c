import { renderToString } from "preact-render-to-string";
import { themeStyle } from "../report/charts/palette.ts";
import labScript from "./bundle/lab.js" with { type: "text" };
import workerScript from "./bundle/worker.js" with { type: "text" };
import { inlineScript } from "../text/inline_script.ts";
import { DATA_ID, FORMULAS_ID, type LabData, WORKER_ID } from "./data.ts";
import { labMessages } from "./messages.ts";
import { LAB_STYLES } from "./styles.ts";
import { FORMULA_STYLE, typesetFormulas } from "./typeset.ts";

/**
 * The lab as one file that needs nothing else. Its policy allows no connection, and no script but the lab's own by its hash, which may
 * compile the engine and start the worker that is in the file.
 */
export function renderLab(data: LabData): string {
  const t = labMessages(data.language);
  const script = inlineScript(labScript);
  const policy = `default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; font-src data:; ` +
    `script-src ${script.policy} 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'`;
  const html = (
    <html lang={data.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <title>{t.lab}</title>
        <style dangerouslySetInnerHTML={{ __html: [themeStyle(), FORMULA_STYLE, ...LAB_STYLES].join("") }} />
      </head>
      <body>
        <div id="lab">
          <noscript>
            <p class="bad">{t.noScript}</p>
          </noscript>
        </div>
        <Data id={DATA_ID} type="application/json" text={JSON.stringify(data)} />
        <Data id={FORMULAS_ID} type="application/json" text={JSON.stringify(typesetFormulas())} />
        <Data id={WORKER_ID} type="text/plain" text={workerScript} />
        <script dangerouslySetInnerHTML={{ __html: script.text }} />
      </body>
    </html>
  );
  return `<!doctype html>\n${renderToString(html)}\n`;
}

/** Whether a text is such a file. */
export function isLab(html: string): boolean {
  return html.includes('<div id="lab">');
}

/** A script element that is not run. */
function Data({ id, type, text }: { id: string; type: string; text: string }) {
  // In JSON and in JavaScript's texts \u003c is a <; elsewhere in scripts "</" does not occur but in regular expressions.
  return <script id={id} type={type} dangerouslySetInnerHTML={{ __html: text.replaceAll("</", "<\\/") }} />;
}
