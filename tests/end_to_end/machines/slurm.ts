import { freePort } from "../../free_port.ts";
import { Program } from "./program.ts";
import { until } from "./until.ts";

const PROGRAMS = ["munged", "slurmctld", "slurmd", "srun", "sbatch"];

/** Whether Slurm is installed, and this process may start its daemons, which want to be root's. */
export const SLURM: boolean = Deno.uid() === 0 &&
  PROGRAMS.every((name) =>
    ["/usr/sbin", "/usr/bin"].some((folder) => {
      try {
        return Deno.statSync(`${folder}/${name}`).isFile;
      } catch {
        return false;
      }
    })
  );

/** A cluster of one node, this machine, with two processors: munged, slurmctld and slurmd on 127.0.0.1, all they keep in a folder. */
export class Slurm implements AsyncDisposable {
  readonly #daemons: Program[] = [];

  private constructor(private readonly folder: string) {}

  static async start(folder: string): Promise<Slurm> {
    const slurm = new Slurm(folder);
    try {
      await slurm.#start();
    } catch (error) {
      await slurm[Symbol.asyncDispose]();
      throw error;
    }
    return slurm;
  }

  /** What its commands need in their environment. */
  get env(): Record<string, string> {
    return { SLURM_CONF: `${this.folder}/slurm.conf` };
  }

  async #start(): Promise<void> {
    const { folder } = this;
    const config = `${folder}/slurm.conf`;
    for (const name of ["state", "spool"]) await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    await Deno.writeFile(`${folder}/munge.key`, crypto.getRandomValues(new Uint8Array(1024)), {
      mode: 0o400,
    });
    await Deno.writeTextFile(config, this.#config());
    // Debian's 22.05 knows no "disabled", and is content with version 1 where nothing is confined by it.
    await Deno.writeTextFile(`${folder}/cgroup.conf`, "CgroupPlugin=cgroup/v1\nIgnoreSystemd=yes\n");
    const munge = ["key-file=munge.key", "pid-file=munged.pid", "log-file=munged.log", "seed-file=munge.seed"]
      .map((option) => `--${option.replace("=", `=${folder}/`)}`);
    this.#run("munged", "--foreground", "--force", `--socket=${folder}/munge.socket`, ...munge);
    await until(() => Deno.stat(`${folder}/munge.socket`).then(() => true, () => false));
    await this.#run("slurmctld", "-c", "-D", "-f", config).says(/Running as primary controller/);
    await this.#run("slurmd", "-D", "-f", config).says(/slurmd started/);
    await until(async () => (await this.run("sinfo", "--noheader", "--format=%T")).trim() === "idle");
  }

  #config(): string {
    const { folder } = this;
    const host = Deno.hostname();
    return [
      "ClusterName=lab",
      `SlurmctldHost=${host}(127.0.0.1)`,
      `SlurmctldPort=${freePort()}`,
      `SlurmdPort=${freePort()}`,
      "SlurmUser=root",
      "AuthType=auth/munge",
      `AuthInfo=socket=${folder}/munge.socket`,
      "ProctrackType=proctrack/pgid",
      "TaskPlugin=task/none",
      "JobAcctGatherType=jobacct_gather/none",
      "MpiDefault=none",
      "SelectType=select/cons_tres",
      "SelectTypeParameters=CR_CPU",
      `StateSaveLocation=${folder}/state`,
      `SlurmdSpoolDir=${folder}/spool`,
      `SlurmctldPidFile=${folder}/slurmctld.pid`,
      `SlurmdPidFile=${folder}/slurmd.pid`,
      "ReturnToService=2",
      `NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
      `PartitionName=lab Nodes=${host} Default=YES MaxTime=INFINITE State=UP`,
      "",
    ].join("\n");
  }

  #run(...command: string[]): Program {
    const daemon = new Program(command, { env: this.env });
    this.#daemons.push(daemon);
    return daemon;
  }

  /** Runs one of its commands to its end, and returns what it printed. */
  async run(...command: string[]): Promise<string> {
    const program = new Program(command, { env: this.env });
    const { success } = await program.ended;
    if (!success) throw new Error(`${command.join(" ")}:\n${program.lines.join("\n")}`);
    return program.lines.join("\n");
  }

  /** Whether a job waits, runs or is just ending. */
  async isThere(job: string): Promise<boolean> {
    return (await this.run("squeue", "--noheader", `--jobs=${job}`).catch(() => "")).trim() !== "";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const daemon of this.#daemons.splice(0).reverse()) await daemon.end();
  }
}
