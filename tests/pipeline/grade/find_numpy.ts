/** The command of a Python that has NumPy; null where there is none. */
export async function findNumpy(): Promise<string | null> {
  for (const name of ["python3", "python"]) {
    try {
      if ((await new Deno.Command(name, { args: ["-c", "import numpy"] }).output()).success) return name;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return null;
}
