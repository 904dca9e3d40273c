import { FaultError } from "../../../src/grade/fault.ts";

/** An entry of a zip, as its central directory describes it: all of it is a claim. */
export interface ZipEntry {
  /** With `/` between its parts and at the end of a folder's; unreadable letters replaced. */
  readonly path: string;
  /** By its Unix mode, or its name where it has none. */
  readonly kind: "file" | "folder" | "link" | "other";
  /** Whether it needs a password. */
  readonly encrypted: boolean;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** Of the unpacked bytes. */
  readonly crc32: number;
  /** Bytes as packed. */
  readonly packed: number;
  /** Bytes unpacked. */
  readonly size: number;
  /** The packed bytes. Null where the entry does not lie in the file, or its own header gives it another name. */
  readonly content: { readonly start: number; readonly end: number } | null;
}

const END = { signature: 0x06054b50, length: 22, maxComment: 0xffff };
const CENTRAL = { signature: 0x02014b50, length: 46 };
const LOCAL = { signature: 0x04034b50, length: 30 };
const ENCRYPTED = 1;
/** The bit that says that names are UTF-8. */
const UTF8 = 1 << 11;
/** The file systems of DOS and Windows, whose separator is `\\`, among those that an archive is made on. */
const DOS = 0;
/** The bits of a Unix mode that say what a file is. */
const FILE_TYPE = { mask: 0o170000, file: 0o100000, folder: 0o040000, link: 0o120000 };

/**
 * Lists the entries of a zip (APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16), in the order of its directory.
 * @throws FaultError if it is no zip, is split or in the 64-bit form, or has more than `maxEntries`
 */
export function listZip(bytes: Uint8Array, maxEntries: number): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view);
  const disks = view.getUint16(end + 4, true) + view.getUint16(end + 6, true);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  let at = view.getUint32(end + 16, true);
  if (disks !== 0 || count === 0xffff || at === 0xffffffff) throw new FaultError(["zipSplit"]);
  if (count > maxEntries) throw new FaultError(["zipEntries", maxEntries, count]);
  if (at + size > end) throw new FaultError(["zipDirectory"]);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL.length > end || view.getUint32(at, true) !== CENTRAL.signature) {
      throw new FaultError(["zipListing"]);
    }
    const next = at + CENTRAL.length + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
    if (next > end) throw new FaultError(["zipDirectory"]);
    entries.push(readEntry(bytes, view, at));
    at = next;
  }
  return entries;
}

function findEnd(view: DataView): number {
  const last = view.byteLength - END.length;
  for (let at = last; at >= Math.max(0, last - END.maxComment); at--) {
    if (view.getUint32(at, true) === END.signature && view.getUint16(at + 20, true) === last - at) return at;
  }
  throw new FaultError(["zipNoEnd"]);
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const name = bytes.subarray(at + CENTRAL.length, at + CENTRAL.length + view.getUint16(at + 28, true));
  const flags = view.getUint16(at + 8, true);
  const path = pathOf(name, { isUtf8: (flags & UTF8) !== 0, host: view.getUint8(at + 5) });
  const type = view.getUint32(at + 38, true) >>> 16 & FILE_TYPE.mask;
  return {
    path,
    kind: kindOf(path, type),
    encrypted: (flags & ENCRYPTED) !== 0,
    method: view.getUint16(at + 10, true),
    crc32: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    content: locate(bytes, view, {
      name,
      at: view.getUint32(at + 42, true),
      packed: view.getUint32(at + 20, true),
    }),
  };
}

/**
 * The path that a name's bytes are. Without the flag of UTF-8 they are whatever the system wrote: UTF-8 on macOS and Linux, Shift_JIS on a
 * Japanese Windows, where letters may end in the byte of `\\` (ソ, 表, 能). .NET before 4.6.1, and so Windows PowerShell, separates by
 * `\\`: as Info-ZIP's unzip does, that is taken for `/` in a name from DOS that has no `/`.
 */
function pathOf(name: Uint8Array, { isUtf8, host }: { isUtf8: boolean; host: number }): string {
  const path = decodeName(name, isUtf8);
  return host === DOS && !path.includes("/") ? path.replaceAll("\\", "/") : path;
}

function decodeName(name: Uint8Array, isUtf8: boolean): string {
  for (const encoding of isUtf8 ? [] : ["utf-8", "shift_jis"]) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(name);
    } catch {
      // The next one.
    }
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(name);
}

/** Archives made on Windows give no Unix mode: their entries are what their names say. */
function kindOf(path: string, type: number): ZipEntry["kind"] {
  if (type === FILE_TYPE.link) return "link";
  if (type === FILE_TYPE.folder || type === 0 && path.endsWith("/")) return "folder";
  return type === 0 || type === FILE_TYPE.file && !path.endsWith("/") ? "file" : "other";
}

function locate(
  bytes: Uint8Array,
  view: DataView,
  { name, at, packed }: { name: Uint8Array; at: number; packed: number },
): ZipEntry["content"] {
  if (at + LOCAL.length > bytes.length || view.getUint32(at, true) !== LOCAL.signature) return null;
  const [nameStart, nameLength] = [at + LOCAL.length, view.getUint16(at + 26, true)];
  const start = nameStart + nameLength + view.getUint16(at + 28, true);
  const sameName = nameLength === name.length && name.every((byte, i) => byte === bytes[nameStart + i]);
  return sameName && start + packed <= bytes.length ? { start, end: start + packed } : null;
}
