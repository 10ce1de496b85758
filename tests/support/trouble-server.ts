// A server that answers everything wrongly, put where the right one was.
import { createServer } from 'node:http';

/** An error page of a gateway; a captive portal's page; a connection that is taken and never answered. */
export type Trouble = 'error500' | 'portal' | 'silence';

/**
 * Answers every request on a port with the same trouble.
 * @returns to be called to give the port back
 */
export async function startTrouble(port: number, trouble: Trouble): Promise<() => Promise<void>> {
  const server = createServer((_request, response) => {
    if (trouble === 'silence') return;
    const page = '<!doctype html><title>Wi-Fi</title><h1>Đăng nhập Wi-Fi</h1>';
    response.writeHead(trouble === 'portal' ? 200 : 500, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
}
