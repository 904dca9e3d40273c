/** Runs a test with all that is there looking as what OneDrive keeps does to Deno on Windows: as links, which lead nowhere. */
export async function inOneDrive(test: () => Promise<void> | void): Promise<void> {
  const { lstat, lstatSync } = Deno;
  Deno.lstat = async (path) => ({ ...await lstat(path), isSymlink: true });
  Deno.lstatSync = (path) => ({ ...lstatSync(path), isSymlink: true });
  try {
    await test();
  } finally {
    Object.assign(Deno, { lstat, lstatSync });
  }
}
