// `start()` as a process of its own, without an app to build first: what it says on the terminal is so for `npm start` too.
import { start } from '#server/start.ts';

await start(async () => (_request, response) => void response.writeHead(404).end());
