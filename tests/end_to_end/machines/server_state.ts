import { type JetStreamManager, jetstreamManager, type StreamInfo } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { until } from "./until.ts";

/**
 * What is on a server, seen by a client of its own that knows nothing of the project. Of a server that was restarted it waits for the
 * connection: what is asked for before is lost.
 */
export class ServerState implements AsyncDisposable {
  #away = false;

  private constructor(readonly connection: NatsConnection, readonly manager: JetStreamManager) {
    void this.#followStatus();
  }

  async #followStatus(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === "disconnect") this.#away = true;
      else if (type === "reconnect") this.#away = false;
    }
  }

  static async open(url: string): Promise<ServerState> {
    const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: 200 });
    return new ServerState(connection, await jetstreamManager(connection));
  }

  /** All streams, with the number of messages of each subject. */
  async streams(): Promise<StreamInfo[]> {
    await until(() => Promise.resolve(!this.#away), 30);
    const names: string[] = [];
    for await (const { config } of this.manager.streams.list()) names.push(config.name);
    return await Promise.all(names.map((name) => this.manager.streams.info(name, { subjects_filter: ">" })));
  }

  /** Subjects under which a message is stored, that hold a text. */
  async subjects(part: string): Promise<string[]> {
    return (await this.streams()).flatMap(({ state: { subjects = {} } }) => Object.keys(subjects))
      .filter((subject) => subject.includes(part));
  }

  /** Jobs that wait or are under way. */
  async jobs(): Promise<number> {
    return (await this.subjects(".jobs.")).length;
  }

  async results(): Promise<number> {
    return (await this.subjects(".results.")).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close();
  }
}
