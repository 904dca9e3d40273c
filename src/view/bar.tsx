import type { JSX } from "preact";

/** A bar of how much of something is done; of what nobody knows, an empty one. */
export function Bar({ fraction, label }: { fraction: number | null; label: string }): JSX.Element {
  const percent = fraction === null ? 0 : Math.floor(1000 * fraction) / 10;
  return (
    <span
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={fraction === null ? undefined : Math.floor(percent)}
    >
      <span style={`width:${percent}%`} />
    </span>
  );
}
