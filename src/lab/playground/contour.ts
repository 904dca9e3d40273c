/** Pieces of the curve along which a field is 0: x0, y0, x1, y1 of each in turn, from 0 to 1 across the field, y downwards. */
export function zeroContour(values: ArrayLike<number>, side: number): number[] {
  const pieces: number[] = [];
  const place = (cell: number) => (cell + 0.5) / side;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const corner = row * side + column;
      // Around a square of four neighbouring middles of cells.
      const [a, b, c, d] = [
        values[corner],
        values[corner + 1],
        values[corner + side + 1],
        values[corner + side],
      ];
      const ends: number[] = [];
      const cross = (from: number, to: number, at: (share: number) => readonly [number, number]) => {
        if (from > 0 !== to > 0) ends.push(...at(from / (from - to)));
      };
      cross(a, b, (t) => [place(column + t), place(row)]);
      cross(b, c, (t) => [place(column + 1), place(row + t)]);
      cross(d, c, (t) => [place(column + t), place(row + 1)]);
      cross(a, d, (t) => [place(column), place(row + t)]);
      // A saddle has four ends: top with right, bottom with left.
      for (let i = 0; i + 3 < ends.length; i += 4) {
        pieces.push(ends[i], ends[i + 1], ends[i + 2], ends[i + 3]);
      }
    }
  }
  return pieces;
}
