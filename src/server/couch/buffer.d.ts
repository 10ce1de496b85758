// Repairs Node's `Buffer` type, which @types/pouchdb-core declares a second time with a wider `buffer`.
interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike> {
  readonly buffer: TArrayBuffer;
}
