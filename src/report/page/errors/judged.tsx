import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useRef } from "preact/hooks";
import type { Messages } from "../../messages/en.ts";
import { formatShare } from "../../sections/judged_images.ts";
import { Note } from "../parts.tsx";
import type { ErrorsPart } from "./errors_part.ts";
import { type ImageView, namesOf } from "./image_view.ts";
import type { Judgement } from "./judged_code.ts";

/** As many classes have a bar of their own beside the large image. */
const MAX_BARS = 12;

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  Home: -Infinity,
  End: Infinity,
};

/** Images, each with the network's probabilities; the one that is pointed at, large. */
export function Judged({ part, view: { cell, shown, all }, close, single, t }: {
  part: ErrorsPart;
  view: ImageView;
  close: () => void;
  /** Whether there is but one trial. */
  single: boolean;
  t: Messages;
}): JSX.Element {
  const chosen = useSignal(0);
  const list = useRef<HTMLOListElement>(null);
  const images = shown ?? [];
  const names = namesOf(part);
  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") close();
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(images.length - 1, chosen.value + step));
    list.current?.querySelectorAll<HTMLElement>("button")[place]?.focus();
  };
  const title = cell === null
    ? t.mistakes.most
    : cell.label === cell.predicted
    ? t.mistakes.right(names[cell.label])
    : t.mistakes.taken(names[cell.label], names[cell.predicted]);
  return (
    <>
      <h3>{title}</h3>
      <p class="note" role="status">{statusText({ cell, shown, all }, { t, single })}</p>
      {cell !== null && <button type="button" class="screen" onClick={close}>{t.mistakes.back}</button>}
      {images.length > 0 && (
        <div style={spriteStyle(part)}>
          <Closeup part={part} judgement={images[Math.min(chosen.value, images.length - 1)]} t={t} />
          <ol class="judged" ref={list} onKeyDown={move}>
            {images.map((judgement, i) => (
              <li key={judgement.image}>
                <button
                  type="button"
                  tabIndex={i === chosen.value ? 0 : -1}
                  aria-pressed={i === chosen.value}
                  onFocus={() => chosen.value = i}
                  onClick={() => chosen.value = i}
                >
                  <span class="unseen">{describe(part, judgement, t)}</span>
                  <Thumbnail part={part} judgement={judgement} />
                </button>
              </li>
            ))}
          </ol>
          <Note sentences={[t.mistakes.reading, t.mistakes.rounded]} space={t.space} />
        </div>
      )}
    </>
  );
}

function statusText(
  { cell, shown, all }: ImageView,
  { t, single }: { t: Messages; single: boolean },
): string {
  if (all === 0) return cell === null ? t.mistakes.noneAtAll : t.mistakes.noneHere;
  if (shown === null) return t.mistakes.notHeld(all, single);
  if (shown.length === 0) return t.mistakes.noneHeld(all);
  const isRight = cell !== null && cell.label === cell.predicted;
  return t.mistakes.shown(Math.min(shown.length, all), all, isRight ? "right" : "wrong");
}

function Thumbnail({ part, judgement }: { part: ErrorsPart; judgement: Judgement }): JSX.Element {
  const { image, predicted, permille } = judgement;
  const label = part.labels[image];
  const names = namesOf(part);
  return (
    <>
      <Digit part={part} image={image} scale="small" />
      <span class="pair" aria-hidden="true">
        <b class={predicted === label ? undefined : "wrong"}>{names[predicted]}</b> / {names[label]}
      </span>
      <small aria-hidden="true">{share(permille[predicted])}</small>
      <svg class="mini" viewBox={`0 0 ${part.classes} 10`} preserveAspectRatio="none" aria-hidden="true">
        {permille.map((thousandths, i) =>
          thousandths === 0 ? null : (
            <path
              key={i}
              d={`M${i}.1 10V${10 - thousandths / 100}h.8V10z`}
              class={barClass(i, { label, predicted })}
            />
          )
        )}
      </svg>
    </>
  );
}

/** One image large, with all probabilities as bars and as numbers. */
function Closeup(
  { part, judgement, t }: { part: ErrorsPart; judgement: Judgement; t: Messages },
): JSX.Element {
  const { image, predicted, permille } = judgement;
  const label = part.labels[image];
  const names = namesOf(part);
  const bars = permille.map((thousandths, i) => ({ i, thousandths }));
  const drawn = bars.length <= MAX_BARS
    ? bars
    : bars.filter(({ i, thousandths }) => thousandths > 0 || i === label)
      .sort((a, b) => b.thousandths - a.thousandths).slice(0, MAX_BARS);
  return (
    <div class="closeup">
      <Digit part={part} image={image} scale="large" />
      <table>
        <caption>{t.mistakes.closeup(part.indices[image], names[label], names[predicted])}</caption>
        <tbody>
          {drawn.map(({ i, thousandths }) => (
            <tr key={i} class={barClass(i, { label, predicted })}>
              <th scope="row">{names[i]}</th>
              <td class="track">
                <i style={`width:${thousandths / 10}%`} />
              </td>
              <td>{share(thousandths)}</td>
              <td class="text">
                {i === predicted ? t.mistakes.predicted : ""}
                {i === predicted && i === label ? t.comma : ""}
                {i === label ? t.mistakes.true : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** An image out of the page's picture. */
function Digit(
  { part: { sprite }, image, scale }: { part: ErrorsPart; image: number; scale: "small" | "large" },
): JSX.Element | null {
  if (sprite === null) return null;
  const { across } = sprite;
  return <i class={`digit ${scale}`} style={`--x:${image % across};--y:${Math.floor(image / across)}`} />;
}

/** The picture's shape, and how large its pixels are drawn. */
function spriteStyle({ sprite }: ErrorsPart): string {
  if (sprite === null) return "";
  const { rows, columns, across, down } = sprite;
  const scale = (width: number) => Math.max(1, Math.round(width / Math.max(rows, columns)));
  return `--w:${columns};--h:${rows};--across:${across};--down:${down};--small:${scale(56)};--large:${
    scale(168)
  }`;
}

function barClass(i: number, { label, predicted }: { label: number; predicted: number }): string {
  return i === label ? "true" : i === predicted ? "wrong" : "other";
}

function share(thousandths: number): string {
  // Between 0 and a thousandth nobody knows, and nothing is certain.
  return formatShare(thousandths === 0 ? 0.0001 : thousandths === 1000 ? 0.9999 : thousandths / 1000);
}

/** An image in words, with every probability that is not next to nothing. */
function describe(
  part: ErrorsPart,
  { image, predicted, permille }: Judgement,
  t: Messages,
): string {
  const { indices, labels } = part;
  const label = labels[image];
  const names = namesOf(part);
  const said = predicted === label
    ? t.mistakes.describeRight(indices[image], names[label])
    : t.mistakes.describe(indices[image], names[label], names[predicted]);
  const shares = permille.map((thousandths, i) => ({ i, thousandths })).filter(({ thousandths }) =>
    thousandths > 0
  ).sort((a, b) => b.thousandths - a.thousandths).map(({ i, thousandths }) =>
    `${names[i]}${t.colon}${share(thousandths)}`
  );
  return `${said}${t.mistakes.probabilities(shares.join(t.comma))}`;
}
