const DEVICES = /^(?:con|prn|aux|nul|(?:com|lpt)[1-9¹²³])(?:\.|$)/i;

/** Whether Windows keeps a name for a device, with any ending too: there no file and no folder can be called so. */
export function isReservedName(name: string): boolean {
  return DEVICES.test(name);
}
