// MIME multipart bodies: how CouchDB carries attachments beside their document (RFC 2046).
import { randomBytes } from 'node:crypto';
import { badRequest } from '../couch-error.ts';
import { isObject } from '../json.ts';

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/**
 * Reads a `multipart/related` body: the document first, then the attachments that `follows: true` promised, in order.
 * @returns the document with the bytes in place
 * @throws 400 when it does not add up
 */
export function readRelated(body: Buffer, contentType: string): unknown {
  const [first, ...rest] = splitParts(body, boundaryOf(contentType));
  if (!first) throw badRequest('The multipart body holds no document');
  const document: unknown = parseDocumentPart(first.bytes);
  if (!isObject(document) || !isObject(document._attachments)) return document;
  const attachments = Object.entries(document._attachments).map(([name, attachment]) => {
    if (!isObject(attachment) || attachment.follows !== true) return [name, attachment];
    const part = rest.find(({ headers }) => headers['content-disposition']?.includes(`filename="${name}"`)) ?? rest[0];
    if (!part) throw badRequest(`The attachment ${name} does not follow`);
    rest.splice(rest.indexOf(part), 1);
    const { follows: _follows, length: _length, ...described } = attachment;
    return [name, { ...described, data: part.bytes }];
  });
  return { ...document, _attachments: Object.fromEntries(attachments) };
}

function boundaryOf(contentType: string): string {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw badRequest('The multipart body names no boundary');
  return boundary;
}

function parseDocumentPart(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badRequest('invalid UTF-8 JSON');
  }
}

function splitParts(body: Buffer, boundary: string): Part[] {
  const delimiter = `--${boundary}`;
  const parts: Part[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const from = start + delimiter.length;
    if (body.subarray(from, from + 2).toString('latin1') === '--') break;
    const next = body.indexOf(`\r\n${delimiter}`, from);
    if (next < 0) throw badRequest('The multipart body has no end');
    parts.push(readPart(body.subarray(from, next)));
    start = next + 2;
  }
  return parts;
}

function readPart(part: Buffer): Part {
  const headEnd = part.indexOf('\r\n\r\n');
  if (headEnd < 0) throw badRequest('A part of the multipart body has no headers');
  const lines = part.subarray(0, headEnd).toString('utf8').split('\r\n');
  const headers = lines.flatMap((line) => {
    const [name = '', value] = line.split(/:\s*(.*)/s, 2);
    return value === undefined ? [] : [[name.trim().toLowerCase(), value]];
  });
  return { headers: Object.fromEntries(headers), bytes: part.subarray(headEnd + 4) };
}

/** A part to send. */
export interface Outgoing {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Joins parts; gives the body and the boundary that its Content-Type must name. */
export function joinParts(parts: readonly Outgoing[]): { bytes: Buffer; boundary: string } {
  const boundary = randomBytes(16).toString('hex');
  const chunks = parts.flatMap(({ headers, bytes }) => {
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return [Buffer.from(`--${boundary}\r\n${head.join('')}\r\n`), bytes, Buffer.from('\r\n')];
  });
  return { bytes: Buffer.concat([...chunks, Buffer.from(`--${boundary}--`)]), boundary };
}
