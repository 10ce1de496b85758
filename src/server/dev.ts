// `npm run dev`: the app with hot reload and the embedded server on one address.
import { createServer } from 'vite';
import { start } from './start.ts';

await start(async (server) => {
  // Hot reload speaks over the same port, so that one address is enough on a phone too.
  const vite = await createServer({ server: { middlewareMode: true, hmr: { server } }, appType: 'custom' });
  return (request, response) =>
    vite.middlewares(request, response, () => {
      response.writeHead(404).end();
    });
});
