// Measures how long an installed app takes to be usable offline, in a browser that was just started.
import { type Server, createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Phone } from '../e2e/phone.ts';
import { THROTTLE, readyAt, teach, throttle, watchFor } from './browser.ts';

/**
 * Kills and starts the phone's browser and opens the app with the server gone.
 * @param selector what has to be on the screen
 * @returns milliseconds from the navigation to the paint
 */
export async function coldStart(phone: Phone, path: string, selector: string): Promise<number> {
  await phone.kill();
  await phone.start();
  await teach(phone.page);
  await throttle(phone.page, THROTTLE);
  await watchFor(phone.page, selector);
  await phone.open(path);
  return readyAt(phone.page);
}

/** A phone with the bare page installed, whose server is gone. */
export async function takeBarePhone(build: string): Promise<Phone> {
  const server = await serve(build);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The bare server has no port.');
  const phone = await Phone.unpack(`http://127.0.0.1:${String(address.port)}`);
  await phone.open('/');
  await phone.waitUntilInstalled();
  server.closeAllConnections();
  server.close();
  return phone;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json'
};

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://bare').pathname;
    const file = path === '/' ? 'index.html' : path;
    readFile(join(folder, file)).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? '' }).end(bytes),
      () => response.writeHead(404).end()
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
