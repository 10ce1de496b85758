// Opens the camera at the back of the phone, for reading codes.
import { type Result, err, ok } from '#lib/domain/result.ts';

/** denied: the person or the browser forbids it · absent: there is none, or another app has it. */
export type CameraProblem = 'denied' | 'absent';

/** Opens it; the browser may ask the person first. Whoever has it stops its tracks. */
export async function openCamera(): Promise<Result<MediaStream, CameraProblem>> {
  if (!('mediaDevices' in navigator)) return err('absent');
  try {
    return ok(
      await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: 'environment' } }, audio: false })
    );
  } catch (error) {
    return err(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'absent');
  }
}
