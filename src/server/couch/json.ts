// Looks into values of unknown shape, as they come in requests and design documents.

export type JsonObject = Record<string, unknown>;

/** Whether a value is a plain JSON object (neither null nor a list). */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isStringList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
