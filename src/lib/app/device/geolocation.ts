// Asks the device where it is: fixes as they come, and whether it may be asked without disturbing the person.
import type { Fix } from '#lib/domain/place/fix.ts';
import { type Measured, MEASURE_MS, type WatchPlace } from '#lib/domain/place/measuring.ts';

/** Measures until it is stopped; the browser asks the person first where it has not yet. */
export const watchPlace: WatchPlace = (listener) => {
  // Missing where the page came over a plain http address.
  if (!('geolocation' in navigator)) {
    const timer = setTimeout(() => listener({ tag: 'failed', why: 'unavailable' }));
    return () => clearTimeout(timer);
  }
  const watch = navigator.geolocation.watchPosition(
    (position) => listener({ tag: 'fix', fix: toFix(position.coords) }),
    (error) => {
      const failure = failureOf(error);
      if (failure !== null) listener(failure);
    },
    // An old place is no proof of a visit.
    { enableHighAccuracy: true, maximumAge: 0, timeout: MEASURE_MS }
  );
  return () => navigator.geolocation.clearWatch(watch);
};

/** Whether the person has allowed it already, so that nothing is asked. */
export async function mayLocate(): Promise<boolean> {
  if (!('permissions' in navigator)) return false;
  // Older Safari refuses the question itself.
  const status = await navigator.permissions.query({ name: 'geolocation' }).catch(() => null);
  return status?.state === 'granted';
}

function toFix({ latitude, longitude, altitude, accuracy }: GeolocationCoordinates): Fix {
  return { lat: latitude, lon: longitude, accuracy, ...(altitude === null ? {} : { altitude }) };
}

/** The measurement has a time of its own, so the browser's says nothing new. */
function failureOf({ code }: GeolocationPositionError): Measured | null {
  if (code === GeolocationPositionError.TIMEOUT) return null;
  return { tag: 'failed', why: code === GeolocationPositionError.PERMISSION_DENIED ? 'denied' : 'unavailable' };
}
