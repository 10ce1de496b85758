// The bytes of a photo over HTTP: up as one multipart request beside its document, down one by one.
import { ATTACHMENT_NAMES, PHOTO_SIZES, PHOTO_TYPE, type PhotoSize } from '#lib/domain/photo/attachments.ts';
import { type Result, err, ok } from '#lib/domain/result.ts';
import type { SyncProblem } from '../core/errors.ts';
import type { PhotoBytes, UploadAnswer, WaitingPhoto } from '../core/photos.ts';
import { type HttpPorts, ask, isCouchsWord, parseJson, reasonIn, refusalOf, send } from './http.ts';

const SHUT = /not allowed to access/i;

/**
 * Writes a photo's document once more, with its bytes. The digests that go with them are compared by CouchDB, so that
 * bytes which were spoilt on the way are refused.
 * @see https://docs.couchdb.org/en/stable/api/document/common.html#creating-multiple-attachments
 */
export async function uploadPhoto(
  ports: HttpPorts & { now(): string },
  couchUrl: string,
  photo: WaitingPhoto,
  bytes: PhotoBytes
): Promise<Result<UploadAnswer, SyncProblem>> {
  const { id, database } = photo;
  const boundary = `so-tay-${id.slice(-32)}`;
  const answer = await ask(ports, `${couchUrl}/${database}/${encodeURIComponent(id)}`, {
    method: 'PUT',
    headers: { 'Content-Type': `multipart/related; boundary="${boundary}"` },
    body: multipart(boundary, photo, bytes)
  });
  if (!answer.ok) return answer;
  const { status, body, serverTime } = answer.value;
  if (status < 300) return ok({ tag: 'stored', serverTime: serverTime ?? ports.now() });
  if (status === 409) return ok({ tag: 'overtaken', serverTime: serverTime ?? ports.now() });
  // The other 403 is that of a database that is shut, or of a gateway.
  if (status === 403 && isCouchsWord(body) && !SHUT.test(reasonIn(body)))
    return ok({ tag: 'refused', reason: reasonIn(body) });
  return err(refusalOf(status, body, database));
}

/**
 * Fetches one size of a photo.
 * @returns null: the server does not have it (yet)
 * @see https://docs.couchdb.org/en/stable/api/document/attachments.html
 */
export async function downloadPhoto(
  ports: HttpPorts,
  couchUrl: string,
  database: string,
  id: string,
  size: PhotoSize
): Promise<Result<ArrayBuffer | null, SyncProblem>> {
  const url = `${couchUrl}/${database}/${encodeURIComponent(id)}/${ATTACHMENT_NAMES[size]}`;
  const sent = await send(ports, url, { headers: { Accept: PHOTO_TYPE } });
  if (!sent.ok) return sent;
  const { response, bytes } = sent.value;
  if (response.status === 404) return ok(null);
  if (response.status < 300) return ok(bytes.buffer);
  const body = parseJson(bytes);
  return err(refusalOf(response.status, body.ok ? body.value : null, database));
}

/** CouchDB takes the parts in the order in which the document names them. */
function multipart(boundary: string, { doc, rev, digests }: WaitingPhoto, bytes: PhotoBytes): Uint8Array<ArrayBuffer> {
  const attachments = PHOTO_SIZES.map((size) => [
    ATTACHMENT_NAMES[size],
    {
      follows: true,
      content_type: PHOTO_TYPE,
      length: bytes[size].byteLength,
      digest: `md5-${digests[size]}`
    }
  ]);
  const json = JSON.stringify({ ...doc, _rev: rev, _attachments: Object.fromEntries(attachments) });
  const part = (size: PhotoSize): (string | ArrayBuffer)[] => [
    `\r\n--${boundary}\r\nContent-Disposition: attachment; filename="${ATTACHMENT_NAMES[size]}"\r\n` +
      `Content-Type: ${PHOTO_TYPE}\r\nContent-Length: ${String(bytes[size].byteLength)}\r\n\r\n`,
    bytes[size]
  ];
  return joined([
    `--${boundary}\r\nContent-Type: application/json\r\n\r\n${json}`,
    ...PHOTO_SIZES.flatMap(part),
    `\r\n--${boundary}--`
  ]);
}

function joined(parts: readonly (string | ArrayBuffer)[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const chunks = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : new Uint8Array(part)));
  const whole = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
