// Unpacks the files of LevelDB, in which Chromium keeps IndexedDB: blocks and values are compressed, records are cut where a
// block of the log ends, and both hide from a search what lies there.
// The formats: https://github.com/google/leveldb/blob/main/doc/table_format.md and log_format.md
import { uncompress } from 'snappyjs';

/** A table ends with two handles in a place of fixed size, and the magic number. */
const FOOTER = 48;
const MAGIC = 0xdb4775248b80fb57n;
const SNAPPY = 1;

/** LevelDB writes its log in blocks of so many bytes; each piece of a record has a head of so many. */
const LOG_BLOCK = 32_768;
const LOG_HEAD = 7;
/** The kind of a record that is in one piece. */
const WHOLE = 1;

/** Blink's mark on a value that it has compressed (its `IDBValueWrapper`). */
const COMPRESSED = Buffer.from([0xff, 0x11, 0x02]);

/** Where a block lies. */
interface Handle {
  readonly offset: number;
  readonly size: number;
}

/** @returns all that is kept in a table (`.ldb`) or a log (`.log`), unpacked, one value after the other; empty for other files */
export function unpacked(name: string, file: Buffer): Buffer {
  const values = name.endsWith('.ldb') ? tableValues(file) : name.endsWith('.log') ? logValues(file) : [];
  return Buffer.concat(values.map(unpackedValue));
}

function tableValues(file: Buffer): Buffer[] {
  if (file.length < FOOTER || file.readBigUInt64LE(file.length - 8) !== MAGIC) return [];
  const footer = new Bytes(file.subarray(file.length - FOOTER));
  footer.handle(); // Of the meta index, which holds no data.
  const index = entriesOf(block(file, footer.handle()));
  return index.flatMap((entry) => entriesOf(block(file, new Bytes(entry).handle())));
}

/** A block's bytes; behind them stand the kind of compression and a checksum. */
function block(file: Buffer, { offset, size }: Handle): Buffer {
  const bytes = file.subarray(offset, offset + size);
  return file[offset + size] === SNAPPY ? uncompress(bytes) : bytes;
}

/** The values of a block's entries; behind these stand the restart points and their number. */
function entriesOf(bytes: Buffer): Buffer[] {
  const end = bytes.length - 4 - 4 * bytes.readUInt32LE(bytes.length - 4);
  const entries = new Bytes(bytes.subarray(0, end));
  const values: Buffer[] = [];
  while (!entries.isAtEnd) {
    entries.varint(); // What the key shares with the one before.
    const keyLength = entries.varint();
    const valueLength = entries.varint();
    entries.take(keyLength);
    values.push(entries.take(valueLength));
  }
  return values;
}

/** The values that a log's batches write, up to where it was torn. */
function logValues(file: Buffer): Buffer[] {
  const values: Buffer[] = [];
  for (const record of logRecords(file)) {
    const batch = new Bytes(record);
    batch.take(12); // Sequence number and count.
    while (!batch.isAtEnd) {
      const isValue = batch.take(1)[0] === 1; // Else the key is deleted.
      batch.take(batch.varint());
      if (isValue) values.push(batch.take(batch.varint()));
    }
  }
  return values;
}

function logRecords(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let pieces: Buffer[] = [];
  for (let at = 0; at + LOG_HEAD <= file.length;) {
    const left = LOG_BLOCK - (at % LOG_BLOCK);
    if (left < LOG_HEAD) {
      at += left;
      continue;
    }
    const length = file.readUInt16LE(at + 4);
    const kind = file.readUInt8(at + 6); // Else 2, 3, 4: its first, a middle, its last piece.
    at += LOG_HEAD + length;
    if (at > file.length) break;
    pieces.push(file.subarray(at - length, at));
    if (kind === WHOLE || kind === 4) {
      records.push(Buffer.concat(pieces));
      pieces = [];
    }
  }
  return records;
}

/**
 * What a kill leaves that strikes between the head of a record and its body.
 * @param logSize bytes of the log that it is appended to
 */
export function tornRecord(logSize: number): Buffer {
  const left = LOG_BLOCK - (logSize % LOG_BLOCK);
  const head = Buffer.alloc(LOG_HEAD, 'kill');
  head.writeUInt16LE(1_000, 4);
  head.writeUInt8(WHOLE, 6);
  // No head begins where it does not fit into its block.
  return Buffer.concat([Buffer.alloc(left < LOG_HEAD ? left : 0), head]);
}

/** IndexedDB's version of the value stands before Blink's mark. */
function unpackedValue(value: Buffer): Buffer {
  const at = value.subarray(0, 8).indexOf(COMPRESSED);
  return at === -1 ? value : uncompress(value.subarray(at + COMPRESSED.length));
}

/** Reads forward. */
class Bytes {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Seven bits in each byte, the lowest first; the eighth says that more follow. */
  varint(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.#bytes.readUInt8(this.#at);
      this.#at += 1;
      value += (byte % 128) * weight;
      if (byte < 128) return value;
    }
  }

  handle(): Handle {
    return { offset: this.varint(), size: this.varint() };
  }

  take(length: number): Buffer {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
