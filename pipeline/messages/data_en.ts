/** What is said where a data set's files cannot be had: why not, after the place where one was looked for, and what can be done. */
export const dataEn = {
  noFile: (nearest: string | null) => `no such file${nearest === null ? "" : `; the nearest is ${nearest}`}`,
  noFolder: "no such folder",
  noAddress: "an address must begin with https:// or http://",
  notAFile: "not a file",
  notAFolder: "not a folder",
  denied: "permission denied",
  link: (path: string) => `it must have no links, found ${path}; copy what it leads to`,
  deepFolder: (path: string) => `it must be CLASS/NAME.png, found the folder ${path}`,
  noPicture: (path: string) => `it must have PNG pictures alone, found ${path}`,
  manyPictures: (files: number, bytes: number) =>
    `it must have at most ${files} pictures and ${bytes} bytes, found more`,
  noPictures: "it must have pictures as CLASS/NAME.png, found none",
  noArray: ({ path, name, found }: Record<"path" | "name" | "found", string>) =>
    `${path} must have ${name}, unsigned bytes (n, rows, columns) or (n), found ${found}`,
  otherContent: (sha256: string | null, found: string) =>
    `its content must have SHA-256 ${sha256}, found ${found}`,
  otherPacked: (md5: string, found: string) => `it must have MD5 ${md5} as it is downloaded, found ${found}`,
  html: "it must be a data file, found an HTML page",
  longContent: (most: number) => `its content must have at most ${most} bytes, found more`,
  gzip: "its gzip data is cut or damaged",
  noZip: "it must be a zip file, found no directory in it",
  cutZip: "it must be a whole zip file, found it cut",
  noMember: (path: string) => `it must hold ${path}, found no such file in it`,
  memberForm: (path: string) => `it must hold ${path} stored or deflated, found it otherwise`,

  // Of transfers.
  noHost: "no such host, or no network",
  refused: "connection refused",
  unreachable: "network unreachable",
  certificate: "its TLS certificate is not trusted",
  noTls: "it does not speak TLS (https)",
  port: "its port is not allowed for HTTP",
  closed: "the connection was closed",
  notPermitted: "the program was not given permission to reach it",
  tried: (reason: string, times: number) => `${reason}, tried ${times} times`,
  stalled: (seconds: number) => `no data for ${seconds} seconds`,
  lost: (size: number, total: number | null) => `the connection was lost after ${amount(size, total)}`,
  ended: (size: number, total: number | null) => `the server ended after ${amount(size, total)}`,
  slow: (bytes: number) =>
    `it sends fewer than ${bytes} bytes a second; what came stays, and the same command goes on from there`,
  redirectsAway: "it redirects to what is no http or https address",
  redirectsInCircle: "it redirects in a circle",
  manyRedirects: (most: number) => `it redirects more than ${most} times`,
  longTransfer: (most: number, found: number | null) =>
    `it must send at most ${most} bytes, found ${found ?? "more"}`,
  notResumed: "the server could not continue the transfer",

  cannotRead: ({ name, path, reason, folder }: Record<"name" | "path" | "reason" | "folder", string>) =>
    `Cannot read ${name}, ${path}: ${reason}; paths are relative to the config's folder, ${folder}`,
  /** Before the reasons; `names` are those of some files, null of all. */
  cannotGetOwn: (names: readonly string[] | null) =>
    `Cannot get ${names === null ? "the data set" : `${enumerate(names)} of the data set`}:`,
  cannotGetNamed: (
    { title, names, mirror }: { title: string; names: readonly string[] | null; mirror: string | undefined },
  ) =>
    `Cannot ${mirror === undefined ? "download" : "get"} ${title}` +
    (names === null ? "" : `'s ${enumerate(names)}`) +
    (mirror === undefined ? "" : ` from --mirror ${mirror}`) + ":",
  pathsAndHash: (folder: string) =>
    "A file that you have can be listed as {path: ..., sha256: ...}; " +
    `paths are relative to the config's folder, ${folder}.`,
  paths: (folder: string) => `paths are relative to the config's folder, ${folder}.`,
  passMirror: (names: readonly string[]) =>
    `If you have the files, pass their folder with --mirror DIR. It must hold ${
      enumerate(names)
    }, gzipped or not, ` +
    "or Keras's mnist.npz.",
  mirrorHolds: (names: readonly string[]) =>
    `--mirror takes a folder or an address that holds ${enumerate(names)}; in a folder, gzipped or not, ` +
    "or Keras's mnist.npz.",
  passPacked: (names: readonly string[]) =>
    `If you have what torchvision downloads, pass its folder with --mirror DIR. It must hold ${
      enumerate(names)
    }, as it was downloaded.`,
  noNetwork: "The embedded data set needs no network and no files: --set dataset=strokes.",
};

function amount(size: number, total: number | null): string {
  return total === null ? `${size} bytes` : `${size} of ${total} bytes`;
}

function enumerate(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join();
}
