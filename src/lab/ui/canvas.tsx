/// <reference lib="dom" />
import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A canvas to draw on, in CSS pixels. */
export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** In CSS pixels: what is written on the canvas grows with the page's letters. */
  readonly rem: number;
}

/** A rem in CSS pixels. */
export function remSize(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/** See Canvas(). */
export interface CanvasProps extends Handlers {
  readonly draw: (drawing: Drawing) => void;
  readonly ratio?: number;
  /** What is to be seen, in words, for who cannot see it; empty where text beside it says it all. */
  readonly label: string;
  readonly canvas?: RefObject<HTMLCanvasElement | null>;
}

interface Handlers {
  readonly class?: string;
  readonly tabIndex?: number;
  /** Left out: a picture. */
  readonly role?: "application";
  readonly onPointerDown?: (event: PointerEvent) => void;
  readonly onPointerMove?: (event: PointerEvent) => void;
  readonly onPointerUp?: (event: PointerEvent) => void;
  readonly onPointerLeave?: (event: PointerEvent) => void;
  readonly onPointerCancel?: (event: PointerEvent) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/**
 * A canvas as wide as its place, sharp on every screen; `ratio` is its width by its height. `draw` is called anew
 * whenever a signal that it read changes, or the canvas its size, or `label`, which changes with the language.
 */
export function Canvas({ draw, ratio = 1, label, canvas, ...handlers }: CanvasProps): JSX.Element {
  const own = useRef<HTMLCanvasElement | null>(null);
  const place = canvas ?? own;
  const width = useSignal(0);
  const shape = useSignal(ratio);
  const told = useSignal(label);
  useEffect(() => {
    shape.value = ratio;
    told.value = label;
  }, [ratio, label]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => width.value = element.clientWidth);
    observer.observe(element);
    width.value = element.clientWidth;
    return () => observer.disconnect();
  }, []);
  const latest = useRef(draw);
  latest.current = draw;
  useSignalEffect(() => {
    const element = place.current;
    const context = element?.getContext("2d");
    if (!element || !context || width.value === 0) return;
    told.value;
    const height = width.value / shape.value;
    const scale = devicePixelRatio;
    const pixels = [width.value, height].map((length) => Math.round(length * scale));
    if (element.width !== pixels[0] || element.height !== pixels[1]) [element.width, element.height] = pixels;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width.value, height);
    latest.current({ context, width: width.value, height, rem: remSize() });
  });
  return (
    <canvas
      ref={place}
      {...label === "" ? { "aria-hidden": "true" } : { role: "img", "aria-label": label }}
      style={`aspect-ratio:${ratio}`}
      {...handlers}
    />
  );
}
