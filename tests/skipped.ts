/** Of a test its name, which says why it is skipped where there is a reason, and whether it is. */
export function unless(reason: string | null, name: string): { name: string; ignore: boolean } {
  return { name: reason === null ? name : `${name}: skipped, as ${reason}`, ignore: reason !== null };
}

/** Windows has no pipes, links, signals and bounds as other systems have. */
export const WINDOWS = Deno.build.os === "windows" ? "Windows has none of this" : null;

/** By the Python that was found. */
export function unlessPython(python: string | null, name: string): { name: string; ignore: boolean } {
  return unless(python === null ? "there is no Python with NumPy" : null, name);
}
