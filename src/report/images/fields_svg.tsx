import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { THEMES } from "../charts/palette.ts";
import type { Messages } from "../messages/en.ts";
import type { FieldSet } from "../sections/field_data.ts";
import { cutToWidth } from "../../text/text_width.ts";
import { FIELD, Field, FieldPoints } from "./field.tsx";

const COLUMNS = 3;
const WIDTH = 280;
const GAP = 18;
const TITLE = 40;
const MARGIN = 14;
/** Columns of half-width characters that a title has room for. */
const TITLE_COLUMNS = 44;

/** A figure of the fields side by side, on a light ground, each with its trial and test accuracy above. */
export function fieldsSvg({ fields }: FieldSet, t: Messages): string {
  const across = Math.min(COLUMNS, fields.length);
  const step = { x: WIDTH + GAP, y: TITLE + WIDTH + GAP };
  const size = {
    width: 2 * MARGIN + across * step.x - GAP,
    height: 2 * MARGIN + Math.ceil(fields.length / COLUMNS) * step.y - GAP,
  };
  const colours: Readonly<Record<string, string>> = THEMES.light;
  const paint = (name: string) => colours[name];
  const svg: JSX.Element = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={t.fields.alt(fields.length)}
      font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, 'Hiragino Sans', 'Noto Sans JP', sans-serif"
    >
      <defs>
        <FieldPoints plane={fields[0].plane} id="points" paint={paint} />
      </defs>
      <rect {...size} fill={paint("ground")} />
      {fields.map(({ plane, title, accuracy }, i) => (
        <g
          key={title}
          transform={`translate(${MARGIN + (i % COLUMNS) * step.x} ${
            MARGIN + Math.floor(i / COLUMNS) * step.y
          })`}
        >
          <text y="14" font-size="12" font-weight="bold" fill={paint("ink")}>
            {cutToWidth(title, TITLE_COLUMNS)}
          </text>
          <text y="31" font-size="12" fill={paint("soft")}>{accuracy}</text>
          <g transform={`translate(0 ${TITLE}) scale(${WIDTH / FIELD})`}>
            <Field plane={plane} points="points" paint={paint} />
          </g>
        </g>
      ))}
    </svg>
  );
  return `${renderToString(svg)}\n`;
}
