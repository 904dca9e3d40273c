import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { type CommandContext, createCommand } from "../../pipeline/commands/command.ts";
import { UserError } from "../../pipeline/system/errors.ts";
import { runProcess } from "../../pipeline/main.ts";

/** `probe BEHAVIOUR`: a command that ends in the way it is told to, for the tests of what the process does about it. */
export function probeCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("probe", context)
    .argument("<behaviour>")
    .action(async (behaviour) => await behave(behaviour, context));
}

async function behave(behaviour: string, { signal, streams }: CommandContext): Promise<void> {
  switch (behaviour) {
    case "wrong-input":
      throw new UserError({ en: "Cannot read x.yaml: it does not exist", ja: "x.yaml がありません" });
    case "failed-check":
      throw new UserError({ en: "2 of 3 runs failed", ja: "訓練 3 回のうち 2 回が失敗しました" }, {
        exitCode: 1,
      });
    case "wrong-config":
      throw new ConfigError([{
        file: "x.yaml",
        line: 3,
        column: 5,
        path: "train.epochs",
        message: "must be a number",
      }]);
    case "full-disk":
      throw Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
    case "vanished":
      await Deno.readFile("/nowhere/at all");
      throw new Error("it must not be there");
    case "moved":
      // As Deno says it of two paths.
      throw Object.assign(
        new Error("No such file or directory (os error 2): rename '/nowhere/at all' -> '/nowhere/else'"),
        { code: "ENOENT" },
      );
    case "not-allowed":
      throw new Deno.errors.NotCapable('Requires read access to "x", run again with the --allow-read flag');
    case "wrong-twice": {
      using _thing = {
        [Symbol.dispose]() {
          throw new TypeError("x is not a function");
        },
      };
      throw new UserError({ en: "Cannot read x.yaml: it does not exist", ja: "x.yaml がありません" });
    }
    case "bug":
      throw new TypeError("x is not a function");
    case "unhandled":
      Promise.reject(new TypeError("nobody waits for this"));
      await forever();
      break;
    case "stoppable":
      streams.stdout("ready\n");
      await forever(signal);
      break;
    case "stubborn":
      addEventListener("unload", () => streams.stdout("unloaded\n"));
      signal.addEventListener("abort", () => streams.stdout("stopping\n"));
      streams.stdout("ready\n");
      await forever();
      break;
    case "talkative":
      while (!signal.aborted) {
        streams.stdout("line\n".repeat(1000));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      signal.throwIfAborted();
  }
}

/** Stays pending, with something in the event loop, until the signal aborts. */
function forever(signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setInterval(() => {}, 1000);
    signal?.addEventListener("abort", () => {
      clearInterval(timer);
      reject(signal.reason);
    });
  });
}

if (import.meta.main) await runProcess([probeCommand]);
