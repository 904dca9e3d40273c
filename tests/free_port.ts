/** A port of 127.0.0.1 that was free a moment ago, for programs that take none that the system chooses. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
