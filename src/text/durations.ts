import type { Language } from "./language.ts";

const UNITS = {
  en: { under: "under 0.01 s", s: " s", min: " min ", h: " h ", endMin: " min" },
  ja: { under: "0.01 秒未満", s: " 秒", min: " 分 ", h: " 時間 ", endMin: " 分" },
};

/** Time that was taken: `0.42 s`, `8.3 s`, `2 min 05 s`, `1 h 02 min`; none at all is `under 0.01 s`. */
export function formatSeconds(seconds: number, language: Language = "en"): string {
  const { under, s, min, h, endMin } = UNITS[language];
  if (seconds < 0.005) return under;
  if (seconds < 0.995) return seconds.toFixed(2) + s;
  if (seconds < 59.95) return seconds.toFixed(1) + s;
  const whole = Math.round(seconds);
  if (whole < 3600) return Math.floor(whole / 60) + min + twoDigits(whole % 60) + s;
  return Math.floor(whole / 3600) + h + twoDigits(Math.floor(whole / 60) % 60) + endMin;
}

/** Time left, as a clock shows it: `0:42`, `12:05`, `1:02:05`. */
export function formatClock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(whole % 60)}`;
}

/** With a zero before a single digit, as clocks have it. */
function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
