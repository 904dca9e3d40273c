/** What a line of arithmetic comes to, as the page writes it; by a parser that shares nothing with it. */
export function calculate(text: string): number {
  const tokens =
    text.replaceAll("−", "-").match(/\d+(?:\.\d+)?(?:e-?\d+)?|exp|log|tanh|sigmoid|relu|[-+·/²()]/g) ?? [];
  const peek = () => tokens[0];
  const take = () => tokens.shift() ?? "";

  function sum(): number {
    let value = product();
    while (peek() === "+" || peek() === "-") value = take() === "+" ? value + product() : value - product();
    return value;
  }
  function product(): number {
    let value = power();
    while (peek() === "·" || peek() === "/") value = take() === "·" ? value * power() : value / power();
    return value;
  }
  function power(): number {
    let value = unary();
    while (peek() === "²") {
      take();
      value *= value;
    }
    return value;
  }
  function unary(): number {
    const token = take();
    switch (token) {
      case "-":
        return -product();
      case "(":
        return enclosed();
      case "exp":
        return Math.exp(argument());
      case "log":
        return Math.log(argument());
      case "tanh":
        return Math.tanh(argument());
      case "sigmoid":
        return 1 / (1 + Math.exp(-argument()));
      case "relu":
        return Math.max(0, argument());
      default:
        return Number(token);
    }
  }
  function argument(): number {
    take();
    return enclosed();
  }
  function enclosed(): number {
    const value = sum();
    if (take() !== ")") {
      throw new SyntaxError(`Cannot calculate: a parenthesis must be closed, found ${text}`);
    }
    return value;
  }

  const value = sum();
  if (tokens.length > 0) {
    throw new SyntaxError(`Cannot calculate: the line must end, found ${tokens.join(" ")} in ${text}`);
  }
  return value;
}
