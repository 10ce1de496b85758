// The two outcomes of anything that can fail in an expected way.

/** A success with its value. */
export type Ok<T> = { readonly ok: true; readonly value: T };
/** An expected failure as a tagged plain object. */
export type Err<E> = { readonly ok: false; readonly error: E };
/** What a function that may fail gives: exceptions are left for bugs. */
export type Result<T, E> = Ok<T> | Err<E>;

/** Wraps a value as a success. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
/** Wraps a tagged error as a failure. */
export const err = <E>(error: E): Err<E> => ({ ok: false, error });
