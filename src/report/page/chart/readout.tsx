import type { JSX } from "preact";
import type { Messages } from "../../messages/en.ts";
import type { LineState } from "./line_state.ts";

/** The legend of line charts, which also reads out what stands at their cursor, or at the lines' ends while there is none. */
export interface ReadoutData {
  /** Where that is. */
  readonly caption: string;
  /** Which of a trial's values that is, where it is not clear; else empty. */
  readonly rule: string;
  readonly columns: readonly { readonly title: string; readonly line: "dashed" | "unbroken" }[];
  readonly rows: readonly ReadoutRow[];
  /** Whether the rows are of different epochs, so that each must say its own. */
  readonly withEpochs: boolean;
  /** Of the lines in grey; empty where there are none. */
  readonly rest: string;
}

interface ReadoutRow {
  readonly trial: number;
  /** A CSS colour. */
  readonly colour: string;
  readonly name: string;
  /** What the trial's settings are; empty where nothing was swept. */
  readonly about: string;
  /** What went wrong; empty where nothing did. */
  readonly fault: string;
  /** Over how many of its runs the means are; empty where it is all. */
  readonly over: string;
  readonly epoch: string;
  readonly cells: readonly { readonly text: string; readonly range: string; readonly isBest: boolean }[];
}

/** Its entries point at their lines where they are hovered or focused, and with `onPick` untick them where they are clicked. */
export function Readout({ data, lines, t, onPick }: {
  data: ReadoutData;
  lines: Pick<LineState, "pointed">;
  t: Messages;
  onPick?: ((trial: number) => void) | undefined;
}): JSX.Element {
  const { caption, rule, columns, rows, withEpochs, rest } = data;
  const { pointed } = lines;
  const compared = rows.length > 1;
  return (
    <table class="readout">
      <caption>
        <strong class="at">{caption}</strong>
        {[rule, compared ? t.curves.bold : ""].filter((note) => note !== "").map((note) => ` · ${note}`)}
      </caption>
      <thead>
        <tr>
          {compared ? <th scope="col" class="text">{t.table.trial}</th> : <td />}
          {withEpochs && <th scope="col">{t.epoch}</th>}
          {columns.map(({ title, line }) => (
            <th key={title} scope="col">
              <span class={`line ${line}`} />
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ trial, colour, name, about, fault, epoch, cells, over }) => (
          <tr
            key={trial}
            style={{ "--swatch": colour }}
            class={pointed.value === trial ? "pointed" : undefined}
            onPointerEnter={() => pointed.value = trial}
            onPointerLeave={() => pointed.value = null}
            onFocusCapture={() => pointed.value = trial}
            onBlurCapture={() => pointed.value = null}
          >
            <th scope="row" class="text">
              <Entry name={name} about={about} t={t} onPick={onPick && (() => onPick(trial))} />
              {fault !== "" && <span class="bad">{fault}</span>}
              {over !== "" && <span class="over">{over}</span>}
            </th>
            {withEpochs && <td>{epoch}</td>}
            {cells.map(({ text, range, isBest }, i) => (
              <td key={i}>
                {isBest ? <strong>{text}</strong> : text}
                {isBest && <span class="unseen">{` (${t.curves.bestValue})`}</span>}
                {range !== "" && <small>{breakable(range)}</small>}
              </td>
            ))}
          </tr>
        ))}
        {rest !== "" && (
          <tr class="rest">
            <th scope="row" class="text" colSpan={columns.length + (withEpochs ? 2 : 1)}>
              <span class="key" />
              {rest}
            </th>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** A range that may be broken before its end, where a line is too short for it. */
function breakable(range: string): JSX.Element {
  const [low, high] = range.split(/(?<=–)/);
  return (
    <>
      {low}
      <wbr />
      {high}
    </>
  );
}

function Entry({ name, about, t, onPick }: {
  name: string;
  about: string;
  t: Messages;
  onPick: (() => void) | undefined;
}): JSX.Element {
  const content = (
    <>
      <span class="key" />
      <span class="who">
        {name}
        {about !== "" && <span class="about">{about}</span>}
      </span>
    </>
  );
  if (onPick === undefined) return <span class="entry">{content}</span>;
  return (
    <button type="button" class="entry" title={t.curves.untickHint} onClick={onPick}>
      <span class="unseen">{`${t.curves.untick}${t.colon}`}</span>
      {content}
      <span class="untick" aria-hidden="true">×</span>
    </button>
  );
}
