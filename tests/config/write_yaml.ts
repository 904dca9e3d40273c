/** Draws whole numbers from 0 to below `n`. */
export type Draw = (n: number) => number;

/** A value as YAML in a style drawn at random: block or flow, any key order (except of a sweep's parameters), comments, quotes, anchors. */
export function writeYaml(value: unknown, draw: Draw): string {
  return `${comment(draw)}${new Writer(draw).block(value, "", "")}\n${comment(draw)}`;
}

class Writer {
  readonly #draw: Draw;
  readonly #anchors = new Map<string, string>();
  #anchorCount = 0;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  /** What follows `key:` or `- `, with its own line breaks where it is in block style. */
  block(value: unknown, indent: string, key: string): string {
    const entries = Array.isArray(value)
      ? value.map((item) => ["", item] as const)
      : this.#entries(value, key);
    if (entries.length === 0 || (key !== "" && this.#draw(2) === 0)) {
      return ` ${this.#flow(value, key)}${this.#trailing()}`;
    }
    const reused = this.#alias(value);
    if (reused !== undefined) return ` ${reused}`;
    const anchor = this.#newAnchor();
    const lines = entries.map(([name, item]) => {
      const head = Array.isArray(value) ? "-" : `${this.#text(name)}${this.#pick("", " ")}:`;
      const nested = typeof item === "object" && !(Array.isArray(value) && this.#draw(2) === 0);
      const rest = nested
        ? this.block(item, `${indent}  `, name || key)
        : ` ${this.#flow(item, name || key)}${this.#trailing()}`;
      return `${comment(this.#draw)}${indent}${head}${rest}`;
    });
    this.#keep(value, anchor);
    return key === ""
      ? lines.join("\n")
      : `${anchor === "" ? "" : ` &${anchor}`}${this.#trailing()}\n${lines.join("\n")}`;
  }

  #flow(value: unknown, key: string): string {
    const reused = this.#alias(value);
    if (reused !== undefined) return reused;
    const anchor = this.#newAnchor();
    const text = this.#plainFlow(value, key);
    this.#keep(value, anchor);
    return anchor === "" ? text : `&${anchor} ${text}`;
  }

  #plainFlow(value: unknown, key: string): string {
    if (Array.isArray(value)) {
      return `[${value.map((item) => this.#flow(item, key)).join(this.#pick(",", ", ", " ,\n          "))}]`;
    }
    if (typeof value === "object") {
      const entries = this.#entries(value, key).map(([name, item]) =>
        `${this.#text(name)}: ${this.#flow(item, name)}`
      );
      return `{${entries.join(this.#pick(", ", " , "))}}`;
    }
    return typeof value === "number" ? this.#number(value) : this.#text(String(value));
  }

  #number(value: number): string {
    const whole = Number.isInteger(value) ? [`+${value}`, `${value}.0`, `0x${value.toString(16)}`] : [];
    return this.#pick(
      String(value),
      value.toExponential(),
      `+${value.toExponential().toUpperCase()}`,
      ...whole,
    );
  }

  #text(text: string): string {
    return this.#pick(text, text, `"${text}"`, `'${text}'`);
  }

  #entries(value: unknown, key: string): (readonly [string, unknown])[] {
    const entries = Object.entries(Object(value));
    if (key === "parameters") return entries;
    return entries.map((entry) => [this.#draw(1 << 20), entry] as const).sort(([a], [b]) => a - b).map((
      [, entry],
    ) => entry);
  }

  #alias(value: unknown): string | undefined {
    const anchor = this.#anchors.get(JSON.stringify(value));
    return anchor !== undefined && this.#draw(2) === 0 ? `*${anchor}` : undefined;
  }

  #newAnchor(): string {
    // Numbered: an anchor that is set twice would mean the later value.
    return this.#draw(3) === 0 ? `a${this.#anchorCount++}` : "";
  }

  #keep(value: unknown, anchor: string): void {
    if (anchor !== "") this.#anchors.set(JSON.stringify(value), anchor);
  }

  #trailing(): string {
    return this.#pick("", "", "", " # why: because");
  }

  #pick(...choices: string[]): string {
    return choices[this.#draw(choices.length)];
  }
}

function comment(draw: Draw): string {
  return ["", "", "# train: {epochs: 0}\n", "\n", "     # indented\n\n"][draw(5)];
}
