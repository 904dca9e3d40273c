import type { JSX } from "preact";
import type { Plane, PlanePoints } from "../../numpy/plane_npz.ts";
import { COLOURS } from "../charts/palette.ts";
import { dataUri } from "./png.ts";
import { fieldPng } from "./field_png.ts";

/** How colours are said: by their names in the palette. */
export type Paint = (name: string) => string;

/** A square field has sides of so many units of its picture. */
export const FIELD = 100;

/** The points of a plane, as a part of pictures that show its field for several networks: drawn once and used by its id. */
export function FieldPoints(
  { plane, id, paint }: { plane: Plane; id: string; paint: Paint },
): JSX.Element {
  const { train, test } = plane;
  const classes = Array.from({ length: plane.classes }, (_, label) => label);
  const dots = (points: PlanePoints, width: number) =>
    classes.map((label) => {
      const d = marks(plane, points, { of: (i) => points.labels[i] === label, mark: "h0" });
      return d !== "" && (
        <>
          <path d={d} stroke={paint("ground")} stroke-width={width + 0.7} />
          <path d={d} stroke={paint(`c${label % COLOURS}`)} stroke-width={width} />
        </>
      );
    });
  return (
    <g id={id} fill="none" stroke-linecap="round">
      {dots(train, 1.3)}
      {dots(test, 2.2)}
    </g>
  );
}

/** What a network says of a plane, its points, and a cross on each test point that it misclassifies; from (0, 0) to (FIELD, FIELD). */
export function Field({ plane, points, paint }: { plane: Plane; points: string; paint: Paint }): JSX.Element {
  const { labels, predictions } = plane.test;
  const wrong = marks(plane, plane.test, {
    of: (i) => predictions[i] !== labels[i],
    mark: "m-1-1l2 2m0-2l-2 2",
  });
  const { x0, y0, side } = plane;
  const at = { x: -x0 / side * FIELD, y: (1 + y0 / side) * FIELD };
  return (
    <>
      <rect width={FIELD} height={FIELD} fill={paint("ground")} />
      <image
        href={fieldUri(plane)}
        width={FIELD}
        height={FIELD}
        preserveAspectRatio="none"
      />
      {inside(at.x) && (
        <path
          d={`M${at.x.toFixed(1)} 0V${FIELD}`}
          stroke={paint("soft")}
          stroke-width="0.2"
        />
      )}
      {inside(at.y) && (
        <path
          d={`M0 ${at.y.toFixed(1)}H${FIELD}`}
          stroke={paint("soft")}
          stroke-width="0.2"
        />
      )}
      <use href={`#${points}`} />
      {wrong !== "" && (
        <>
          <path d={wrong} fill="none" stroke={paint("ground")} stroke-width="1.3" stroke-linecap="round" />
          <path d={wrong} fill="none" stroke={paint("ink")} stroke-width="0.6" stroke-linecap="round" />
        </>
      )}
      <rect width={FIELD} height={FIELD} fill="none" stroke={paint("muted")} stroke-width="0.5" />
    </>
  );
}

const uris = new WeakMap<Plane, string>();

/** The address of the field's picture, which the figure and the page show. */
function fieldUri(plane: Plane): string {
  const uri = uris.get(plane) ?? dataUri(fieldPng(plane));
  uris.set(plane, uri);
  return uri;
}

function inside(place: number): boolean {
  return place > 0 && place < FIELD;
}

/** A path of a mark on each of some points. */
function marks(
  { x0, y0, side }: Plane,
  { coordinates, labels }: PlanePoints,
  { of, mark }: { of(i: number): boolean; mark: string },
): string {
  let path = "";
  for (let i = 0; i < labels.length; i++) {
    if (!of(i)) continue;
    const x = (coordinates[2 * i] - x0) / side * FIELD;
    const y = (1 - (coordinates[2 * i + 1] - y0) / side) * FIELD;
    path += `M${round(x)} ${round(y)}${mark}`;
  }
  return path;
}

function round(value: number): string {
  return String(Math.round(10 * value) / 10);
}
