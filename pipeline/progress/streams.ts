export interface Streams {
  /** Writes results: what a caller of the command would want to keep or pipe on. */
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether standard error is a terminal, in which lines can be drawn over. */
  readonly terminal: boolean;
  readonly color: boolean;
  /** The terminal's present size; 80 x 24 where it cannot be known. */
  size(): { columns: number; rows: number };
}

/** Writes synchronously: nothing is lost at exit. When a reader has gone (`| head`), calls `onClosed` once and writes no more to it. */
export function processStreams(onClosed: () => void): Streams {
  const terminal = Deno.stderr.isTerminal() && !isDumbTerminal();
  return {
    stdout: writer(Deno.stdout, onClosed),
    stderr: writer(Deno.stderr, onClosed),
    terminal,
    color: terminal && !Deno.noColor,
    size: terminalSize,
  };
}

function writer(stream: typeof Deno.stdout, onClosed: () => void): (text: string) => void {
  const encoder = new TextEncoder();
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let open = true;
  return (text) => {
    let bytes = encoder.encode(text);
    while (open && bytes.length > 0) {
      try {
        bytes = bytes.subarray(stream.writeSync(bytes));
      } catch (error) {
        if (error instanceof Deno.errors.WouldBlock) {
          // Whoever shares the pipe has made it non-blocking, and its reader is slow.
          Atomics.wait(pause, 0, 0, 5);
          continue;
        }
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
        open = false;
        onClosed();
      }
    }
  };
}

/** Whether the environment says that lines cannot be drawn over; not asked for where it may not be read. */
function isDumbTerminal(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "TERM" });
  return state === "granted" && Deno.env.get("TERM") === "dumb";
}

function terminalSize(): { columns: number; rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    if (columns > 0 && rows > 0) return { columns, rows };
  } catch {
    // None of the process's streams is a terminal.
  }
  return { columns: 80, rows: 24 };
}
