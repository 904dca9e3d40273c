/**
 * Inverted dropout on f32[Np / 16][B][16]: to = scale * from where the unit's draw is at least `least`, else 0. `to` may be `from`.
 *
 * @param draws u16[B][N] and 32 bytes that may be read: where N is no multiple of 16, a row's padding takes the next row's
 */
export function dropUnits(
  from: usize, draws: usize, to: usize, B: i32, N: i32, Np: i32, least: i32, scale: f32,
): void {
  const bound = i16x8.splat(<i16>least), s = f32x4.splat(scale);
  const row = <usize>N << 1;
  for (let end = draws + (<usize>Np << 1); draws < end; draws += 32) {
    for (let b = 0, d = draws; b < B; b++, d += row, from += 64, to += 64) {
      const low = i16x8.ge_u(v128.load(d, 0), bound), high = i16x8.ge_u(v128.load(d, 16), bound);
      v128.store(to, v128.and(f32x4.mul(v128.load(from, 0), s), i32x4.extend_low_i16x8_s(low)), 0);
      v128.store(to, v128.and(f32x4.mul(v128.load(from, 16), s), i32x4.extend_high_i16x8_s(low)), 16);
      v128.store(to, v128.and(f32x4.mul(v128.load(from, 32), s), i32x4.extend_low_i16x8_s(high)), 32);
      v128.store(to, v128.and(f32x4.mul(v128.load(from, 48), s), i32x4.extend_high_i16x8_s(high)), 48);
    }
  }
}
