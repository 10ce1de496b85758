// The photo worker's door: prepares the file that the page sends, and sends back what came of it.
import { type FromWorker, readToWorker } from './messages.ts';
import { prepare } from './prepare.ts';

addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = readToWorker(event.data);
  if (message !== undefined) void answer(message.request, message.file);
});

async function answer(request: number, file: Blob): Promise<void> {
  try {
    const prepared = await prepare(file);
    if (prepared.ok) {
      const { photo, thumb } = prepared.value;
      tell({ type: 'prepared', request, photo: prepared.value }, [photo, thumb]);
    } else tell({ type: 'refused', request, problem: prepared.error });
  } catch (bug) {
    // A promise's failure does not reach the page by itself; it starts this worker anew.
    reportError(bug);
  }
}

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}
