// Bytes as hexadecimal text.

/** @returns two digits for each byte, small letters */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
