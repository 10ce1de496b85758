// TLS in front of a server of the tests, as in production: for what browsers do only there.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';

export interface TlsFront {
  /** https, with a certificate that nobody has signed. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Opens the front on any free port. While the server behind it is dead, every connection breaks.
 * @param origin of the server: http on loopback
 * @throws when there is no `openssl`, which makes the certificate
 */
export async function openTlsFront(origin: string): Promise<TlsFront> {
  const behind = Number(new URL(origin).port);
  const open = new Set<Socket>();
  const front = createServer(await selfSigned(), (asking) => {
    const asked = connect(behind, '127.0.0.1');
    for (const [socket, other] of [
      [asking, asked],
      [asked, asking]
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  // A browser that is killed breaks off in the middle of anything.
  front.on('tlsClientError', (_error, socket) => socket.destroy());
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('The front has no port.');
  return {
    origin: `https://127.0.0.1:${String(address.port)}`,
    close: async () => {
      const closed = once(front, 'close');
      front.close();
      for (const socket of open) socket.destroy();
      await closed;
    }
  };
}

async function selfSigned(): Promise<{ key: Buffer; cert: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'ocop-tls-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]
    ]);
    return { key: await readFile(key), cert: await readFile(cert) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
