// Reads a bundle's zip within strict bounds: nothing is unpacked beyond what its directory promises, nothing can hide
// around the archive, and whatever is damaged is said to be, as `sparkgate verify` says it.
import {Inflate} from 'fflate';
import {type Bytes, same, textOf} from './bytes';

export type Files = Map<string, Bytes>;

/** No bundle can be read; `reason` is a word of the catalogue: verify.unusable.REASON. */
export class Unusable extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

const k_max_archive_bytes = 32 << 20;
const k_max_files = 32_000;
const k_max_file_bytes = 4 << 20;
const k_max_content_bytes = 64 << 20;
const k_max_ratio = 200; // contents to archive, beyond the first MiB
const k_chunk_bytes = 16 << 10; // of compressed data at a time: a bomb is noticed before it fills the memory
const k_end_bytes = 22, k_central_bytes = 46, k_local_bytes = 30;
const k_end = 0x06054b50, k_central = 0x02014b50, k_local = 0x04034b50; // little endian
const k_encrypted = 1;
const k_file_type_mask = 0o170000, k_plain_file = 0o100000;

const isName = (name: string) =>
  name.length <= 120 && /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/.test(name);

interface Row {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  at: number; // of the local header
  told: Bytes; // flags to CRC and sizes: the local header says the same
}

const crcTable = Uint32Array.from({length: 256}, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
const crcOf = (bytes: Bytes) => ~bytes.reduce((crc, byte) => crcTable[(crc ^ byte) & 255] ^ (crc >>> 8), -1) >>> 0;

/** Where the directory begins, and how many rows it has. */
function readEnd(view: DataView): {at: number; count: number} {
  if (view.byteLength > k_max_archive_bytes) throw new Unusable('too_large');
  if (view.byteLength < k_end_bytes || view.getUint16(0) !== 0x504b) throw new Unusable('no_zip');
  const end = view.byteLength - k_end_bytes;
  if (view.getUint32(end, true) !== k_end) throw new Unusable('cut_off');
  const count = view.getUint16(end + 10, true), at = view.getUint32(end + 16, true);
  const isWhole = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count &&
    view.getUint16(end + 20, true) === 0 && at + view.getUint32(end + 12, true) === end;
  if (!isWhole) throw new Unusable('damaged');
  if (count > k_max_files) throw new Unusable('too_many_files');
  return {at, count};
}

function readRow(bytes: Bytes, view: DataView, at: number): {row: Row; next: number} {
  if (at + k_central_bytes > bytes.length || view.getUint32(at, true) !== k_central) throw new Unusable('damaged');
  const short = (offset: number) => view.getUint16(at + offset, true);
  const long = (offset: number) => view.getUint32(at + offset, true);
  const nameEnd = at + k_central_bytes + short(28);
  const name = textOf(bytes.slice(at + k_central_bytes, nameEnd));
  if (name === null || !isName(name)) throw new Unusable('name');
  if (short(8) & k_encrypted) throw new Unusable('encrypted');
  if (short(10) !== 0 && short(10) !== 8) throw new Unusable('method');
  const type = (long(38) >>> 16) & k_file_type_mask;
  if (type !== 0 && type !== k_plain_file) throw new Unusable('special_file');
  const row = {name, method: short(10), crc: long(16), packed: long(20), size: long(24), at: long(42),
    told: bytes.subarray(at + 8, at + 28)};
  return {row, next: nameEnd + short(30) + short(32)};
}

function inflated(packed: Bytes, size: number): Bytes {
  const out = new Uint8Array(size);
  let length = 0, isDone = false;
  const inflate = new Inflate((chunk, final) => {
    if (length + chunk.length > size) throw new Unusable('damaged');
    out.set(chunk, length);
    length += chunk.length;
    isDone = final;
  });
  for (let at = 0; at < packed.length; at += k_chunk_bytes) {
    inflate.push(packed.subarray(at, at + k_chunk_bytes), at + k_chunk_bytes >= packed.length);
  }
  if (!isDone || length !== size) throw new Unusable('damaged');
  return out;
}

function unpack(bytes: Bytes, view: DataView, row: Row, directory: number): Bytes {
  const {at} = row;
  if (at + k_local_bytes > directory || view.getUint32(at, true) !== k_local) throw new Unusable('damaged');
  const nameLength = view.getUint16(at + 26, true);
  const begin = at + k_local_bytes + nameLength + view.getUint16(at + 28, true), end = begin + row.packed;
  const name = textOf(bytes.slice(at + k_local_bytes, at + k_local_bytes + nameLength));
  const agrees = name === row.name && end <= directory && (row.method === 8 || row.packed === row.size) &&
    same(bytes.subarray(at + 6, at + 26), row.told);
  if (!agrees) throw new Unusable('damaged');
  const packed = bytes.subarray(begin, end);
  let content: Bytes;
  try {
    content = row.method === 0 ? packed.slice() : inflated(packed, row.size);
  } catch {
    throw new Unusable('damaged');
  }
  if (crcOf(content) !== row.crc) throw new Unusable('damaged');
  return content;
}

/** @throws Unusable */
export function readArchive(bytes: Bytes): Files {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const {at: directory, count} = readEnd(view);
  const most = Math.min(k_max_content_bytes, (1 << 20) + k_max_ratio * bytes.length);
  const files: Files = new Map();
  let at = directory, total = 0;
  for (let n = 0; n < count; n++) {
    const {row, next} = readRow(bytes, view, at);
    at = next;
    total += row.size;
    if (row.size > k_max_file_bytes || total > most) throw new Unusable('contents_too_large');
    if (files.has(row.name)) throw new Unusable('damaged');
    files.set(row.name, unpack(bytes, view, row, directory));
  }
  if (at !== bytes.length - k_end_bytes) throw new Unusable('damaged');
  return files;
}
