/** An address with a word in the place of what lets in, if it has such: a token, or a user and a password. */
export function withPlaceholder(address: string): string {
  return address.replace(
    /^(\w+:\/\/)?([^/?#]*)@/,
    (_, scheme = "", secret: string) => `${scheme}${secret.includes(":") ? "USER:PASSWORD" : "TOKEN"}@`,
  );
}
