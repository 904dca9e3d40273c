/// <reference lib="dom" />
// The lab's script: `deno task build` bundles it as bundle/lab.js, which is committed.

import { render } from "preact";
import { DATA_ID, type LabData } from "./data.ts";
import { Lab } from "./lab.tsx";

const data: LabData = JSON.parse(document.getElementById(DATA_ID)?.textContent ?? "");
const place = document.getElementById("lab");
if (place !== null) {
  place.replaceChildren();
  render(<Lab data={data} />, place);
}
