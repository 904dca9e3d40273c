/** A word of a command line, without what an address in it lets in with. */
export function withoutSecret(word: string): string {
  return word.replace(/\b((?:nats|tls):\/\/)[^/?#]*@/, "$1");
}
