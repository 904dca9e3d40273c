/** Whether this process may make network namespaces and lay cables between them. */
export const MAY_MAKE_NAMESPACES: boolean = tryOut(
  "unshare",
  "--net",
  "ip",
  "link",
  "add",
  "try0",
  "type",
  "veth",
);

function tryOut(program: string, ...args: string[]): boolean {
  try {
    return new Deno.Command(program, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

/** Machines with a network of their own, each by a cable (veth) on one switch (a bridge): network namespaces of this machine. */
export class Network implements AsyncDisposable {
  /** Names of namespaces are the whole machine's. */
  readonly #prefix = `test-${Deno.pid}`;

  private constructor(private readonly machines: readonly string[]) {}

  static async build(...machines: string[]): Promise<Network> {
    const network = new Network(machines);
    try {
      await network.#build();
    } catch (error) {
      await network[Symbol.asyncDispose]();
      throw error;
    }
    return network;
  }

  async #build(): Promise<void> {
    const hub = this.#namespace("switch");
    await ip("netns", "add", hub);
    await ip("-n", hub, "link", "add", "bridge", "type", "bridge");
    await ip("-n", hub, "link", "set", "bridge", "up");
    for (const machine of this.machines) {
      const name = this.#namespace(machine);
      await ip("netns", "add", name);
      await ip("link", "add", machine, "netns", hub, "type", "veth", "peer", "name", "eth0", "netns", name);
      await ip("-n", hub, "link", "set", machine, "master", "bridge", "up");
      await ip("-n", name, "address", "add", `${this.address(machine)}/24`, "dev", "eth0");
      for (const device of ["lo", "eth0"]) await ip("-n", name, "link", "set", device, "up");
    }
  }

  #namespace(machine: string): string {
    return `${this.#prefix}-${machine}`;
  }

  /** Seen from its own machines only. */
  address(machine: string): string {
    return `10.77.0.${this.machines.indexOf(machine) + 1}`;
  }

  /** What a command begins with that is to run on a machine. */
  on(machine: string): string[] {
    return ["ip", "netns", "exec", this.#namespace(machine)];
  }

  /** Pulls a machine's cable out of the switch, so that neither end is told by any packet. */
  async cut(machine: string): Promise<void> {
    await ip("-n", this.#namespace("switch"), "link", "set", machine, "nomaster");
  }

  async mend(machine: string): Promise<void> {
    await ip("-n", this.#namespace("switch"), "link", "set", machine, "master", "bridge");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const machine of [...this.machines, "switch"]) {
      await ip("netns", "delete", this.#namespace(machine)).catch(() => {});
    }
  }
}

async function ip(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("ip", { args }).output();
  if (!success) throw new Error(`ip ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}
