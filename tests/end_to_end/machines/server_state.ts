import { type JetStreamManager, jetstreamManager, type StreamInfo } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";

/** What is on a server, seen by a client of its own that knows nothing of the project. */
export class ServerState implements AsyncDisposable {
  private constructor(readonly connection: NatsConnection, readonly manager: JetStreamManager) {}

  static async open(url: string): Promise<ServerState> {
    const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: 200 });
    return new ServerState(connection, await jetstreamManager(connection));
  }

  /** All streams, with the number of messages of each subject. */
  async streams(): Promise<StreamInfo[]> {
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

  /**
   * Counts how often a job is given to a worker from now on, by looking on at what the server sends: a server that is killed forgets the last
   * of what it has counted itself.
   */
  countDeliveries(): () => number {
    let count = 0;
    this.connection.subscribe("_INBOX.>", {
      callback: (_, { reply }) => {
        const [, kind, stream] = (reply ?? "").split(".");
        if (kind === "ACK" && stream.endsWith("-jobs")) count++;
      },
    });
    return () => count;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close();
  }
}
