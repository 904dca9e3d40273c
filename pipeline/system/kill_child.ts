/** Ends a process that we started, at once; nothing happens where it has ended by itself. */
export function killChild(
  child: Pick<Deno.ChildProcess, "kill">,
  isWindows = Deno.build.os === "windows",
): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // Windows may deny it of a process that is just ending.
    const hasEnded = error instanceof TypeError || error instanceof Deno.errors.NotFound ||
      (isWindows && error instanceof Deno.errors.PermissionDenied);
    if (!hasEnded) throw error;
  }
}
