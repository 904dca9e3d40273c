/// <reference lib="dom" />
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { COURSE_ACTIVATIONS, type CourseActivation, slopeOf } from "../../nn/activation.ts";
import { Canvas, type Drawing } from "../ui/canvas.tsx";
import { colours } from "../ui/theme.ts";
import { valueOf } from "./curves.ts";
import { type Spread, SUMS } from "./flow.ts";

const REACH = SUMS;
const LOW = -1.5;
const HIGH = 2.5;
const RATIO = 1.45;

/** The curves of the activations, of one also its derivative, and its tangent at x, which is moved by a finger or the mouse. */
export function Curve({ activation, x, sums, label }: {
  readonly activation: Signal<CourseActivation>;
  readonly x: Signal<number>;
  /** What falls on the curve: drawn below it. */
  readonly sums: () => Spread | undefined;
  readonly label: string;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const move = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    // The first button alone, or a finger.
    if (box === undefined || event.buttons !== 1) return;
    const place = ((event.clientX - box.left) / box.width * 2 - 1) * REACH;
    x.value = Math.round(10 * Math.max(-REACH, Math.min(REACH, place))) / 10 + 0;
  };
  return (
    <Canvas
      class="curve"
      canvas={canvas}
      label={label}
      ratio={RATIO}
      onPointerDown={(event) => {
        canvas.current?.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={move}
      draw={(drawing) => drawCurves(drawing, { name: activation.value, x: x.value, sums: sums() })}
    />
  );
}

function drawCurves(
  drawing: Drawing,
  { name, x, sums }: { name: CourseActivation; x: number; sums: Spread | undefined },
): void {
  const { context, width, height, rem } = drawing;
  const at = (z: number, value: number): [number, number] => [
    (z + REACH) / (2 * REACH) * width,
    (HIGH - value) / (HIGH - LOW) * height,
  ];
  const line = (f: (z: number) => number, colour: string, thickness: number, dash: number[] = []) => {
    context.strokeStyle = colours.value[colour];
    context.lineWidth = thickness;
    context.setLineDash(dash);
    context.beginPath();
    for (let step = 0; step <= width; step++) {
      const z = (step / width * 2 - 1) * REACH;
      if (step === 0) context.moveTo(...at(z, f(z)));
      else context.lineTo(...at(z, f(z)));
    }
    context.stroke();
    context.setLineDash([]);
  };
  if (sums !== undefined) {
    const most = sums.shares.reduce((a, b) => Math.max(a, b));
    const bar = width / sums.shares.length;
    context.fillStyle = colours.value.c4;
    context.globalAlpha = 0.55;
    sums.shares.forEach((share, i) => {
      const tall = share / most * 0.4 * height;
      context.fillRect(i * bar + 0.5, height - tall, bar - 1, tall);
    });
    context.globalAlpha = 1;
  }
  context.font = `${0.72 * rem}px system-ui, sans-serif`;
  context.fillStyle = colours.value.soft;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of [-1, 0, 1, 2]) {
    line(() => value, value === 0 ? "muted" : "grid", 1);
    if (value !== 0) context.fillText(`${value}`.replace("-", "−"), width / 2 - 5, at(0, value)[1]);
  }
  context.strokeStyle = colours.value.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(width / 2, 0);
  context.lineTo(width / 2, height);
  context.stroke();
  for (const other of COURSE_ACTIVATIONS) {
    if (other !== name) line((z) => valueOf(other, z), "muted", 1.2);
  }
  line((z) => slopeOf(name, valueOf(name, z)), "c1", 2.5, [6, 4]);
  line((z) => valueOf(name, z), "c0", 3.5);
  const value = valueOf(name, x);
  const slope = slopeOf(name, value);
  context.strokeStyle = colours.value.soft;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(at(x, 0)[0], 0);
  context.lineTo(at(x, 0)[0], height);
  context.stroke();
  context.setLineDash([]);
  context.strokeStyle = colours.value.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(...at(x - 1.2, value - 1.2 * slope));
  context.lineTo(...at(x + 1.2, value + 1.2 * slope));
  context.stroke();
  for (const [y, colour] of [[slope, "c1"], [value, "c0"]] as const) {
    context.beginPath();
    context.arc(...at(x, y), 6, 0, 2 * Math.PI);
    context.fillStyle = colours.value[colour];
    context.strokeStyle = colours.value.ground;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
  }
}
