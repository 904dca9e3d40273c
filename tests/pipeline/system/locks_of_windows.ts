/** Runs a test with locks as Windows has them: nobody reads a locked file but by the handle that locked it. */
export async function withLocksOfWindows(test: () => Promise<void>): Promise<void> {
  const { readTextFile } = Deno;
  Deno.readTextFile = async (path, options) => {
    using file = await Deno.open(path);
    if (!await file.tryLock(false)) {
      const message =
        "The process cannot access the file because another process has locked a portion of the file. (os error 33)";
      throw Object.assign(new Error(message), { code: "EBUSY" });
    }
    return await readTextFile(path, options);
  };
  try {
    await test();
  } finally {
    Object.assign(Deno, { readTextFile });
  }
}
