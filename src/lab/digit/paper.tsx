/// <reference lib="dom" />
import { batch, type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Canvas, type Drawing } from "../ui/canvas.tsx";
import { colours } from "../ui/theme.ts";
import type { Pad } from "./pad.ts";
import { drawInk } from "./pictures.ts";
import { onCanvas, type Pen, PENS, pointsTo, SIDE, type Stroke } from "./strokes.ts";
import type { DigitWords } from "./words.ts";

/** One pixel of the image. */
const KEY_STEP = SIDE / 28;

/** What is written on, by mouse, finger, pen or keyboard. A stroke is inked as it is drawn, and handed over when it ends. */
export function Paper({ pad, inked, writing, pen, empty, onStroke, t }: {
  readonly pad: Pad;
  /** Counts what is inked on the pad. */
  readonly inked: Signal<number>;
  /** Whether a stroke is being drawn. */
  readonly writing: Signal<boolean>;
  readonly pen: Signal<Pen>;
  readonly empty: ReadonlySignal<boolean>;
  readonly onStroke: (stroke: Stroke) => void;
  readonly t: DigitWords;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  /** The stroke that is being drawn. */
  const stroke = useRef<{ pen: Pen; points: number[] } | null>(null);
  /** The keyboard's pen, once it is used. */
  const cursor = useSignal<readonly [number, number] | null>(null);
  const down = useSignal(false);

  const begin = (x: number, y: number) => {
    end();
    const points = [onCanvas(x), onCanvas(y)];
    stroke.current = { pen: pen.value, points };
    writing.value = true;
    pad.draw({ pen: pen.value, points });
    inked.value++;
  };
  const extend = (x: number, y: number) => {
    const drawn = stroke.current;
    if (drawn === null) return;
    const points = pointsTo(drawn.points, x, y);
    for (let i = 0; i < points.length; i += 2) {
      pad.line(drawn.pen, [...drawn.points.slice(-2), points[i], points[i + 1]]);
      drawn.points.push(points[i], points[i + 1]);
    }
    if (points.length > 0) inked.value++;
  };
  const end = () => {
    down.value = false;
    if (stroke.current === null) return;
    const drawn = stroke.current;
    stroke.current = null;
    batch(() => {
      writing.value = false;
      onStroke(drawn);
    });
  };

  const placeOf = (event: PointerEvent): [number, number] => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return [0, 0];
    return [
      (event.clientX - box.left) / box.width * SIDE,
      (event.clientY - box.top) / box.height * SIDE,
    ];
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return;
    canvas.current?.setPointerCapture(event.pointerId);
    cursor.value = null;
    begin(...placeOf(event));
  };
  const onPointerMove = (event: PointerEvent) => {
    if (stroke.current === null || down.value || !event.isPrimary) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length === 0 ? [event] : events) extend(...placeOf(each));
  };
  const onPointerEnd = () => {
    if (!down.value) end();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 4 * KEY_STEP : KEY_STEP;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const [x, y] = cursor.value ?? [SIDE / 2, SIDE / 2];
    if (Object.hasOwn(moves, event.key)) {
      const [right, below] = moves[event.key];
      cursor.value = [onCanvas(x + right), onCanvas(y + below)];
      if (down.value) extend(...cursor.value);
    } else if (event.key === " ") {
      cursor.value = [x, y];
      if (down.value) end();
      else {
        begin(x, y);
        down.value = true;
      }
    } else if (event.key === "Escape") end();
    else return;
    event.preventDefault();
  };
  const onBlur = () => {
    if (down.value) end();
    cursor.value = null;
  };

  return (
    <div class="paper" onFocusOut={onBlur}>
      <Canvas
        class="pad"
        canvas={canvas}
        label={t.pad}
        role="application"
        tabIndex={0}
        draw={(drawing) => {
          inked.value;
          drawInk(drawing, pad.pixels, SIDE);
          if (cursor.value !== null) drawPen(drawing, cursor.value, { pen: pen.value, down: down.value });
        }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onKeyDown={onKeyDown}
      />
      {empty.value && cursor.value === null && <p class="invitation" aria-hidden="true">{t.empty}</p>}
      <p class="note" role="status">{down.value ? t.penDown : t.hint}</p>
    </div>
  );
}

function drawPen(
  { context, width }: Drawing,
  [x, y]: readonly [number, number],
  { pen, down }: { pen: Pen; down: boolean },
): void {
  const unit = width / SIDE;
  context.beginPath();
  context.arc(x * unit, y * unit, PENS[pen] * unit, 0, 2 * Math.PI);
  context.lineWidth = 3;
  context.strokeStyle = colours.value.c1;
  context.stroke();
  if (!down) return;
  context.fillStyle = colours.value.c1;
  context.fill();
}
