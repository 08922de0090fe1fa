// JSON as the log has it: canonical (RFC 8785), of bounded depth, without what programs read differently.
import canonicalize from 'canonicalize';

export type Json = any;

const k_max_depth = 32;

export const canonical = (value: Json) => canonicalize(value)!;

export const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isBearable(value: Json, depth: number): boolean {
  if (Number.isInteger(value)) return Math.abs(value) <= 2 ** 53;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return !value.includes('\0') && !/\p{Cs}/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(([name, member]) => isBearable(name, 0) && isBearable(member, depth - 1));
}

/** Undefined for what is no JSON, or none that the log could hold. */
export function parsed(text: string | null, depth = k_max_depth): Json | undefined {
  try {
    const value = JSON.parse(text!);
    return isBearable(value, depth) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The same, and written in the one way that it can be. */
export function parsedCanonical(text: string | null, depth = k_max_depth): Json | undefined {
  const value = parsed(text, depth);
  return value !== undefined && canonical(value) === text ? value : undefined;
}

export const textIn = (value: Json, member: string): string =>
  isObject(value) && Object.hasOwn(value, member) && typeof value[member] === 'string' ? value[member] : '';
export const memberOf = (value: Json, member: string): Json =>
  isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;

/** Milliseconds since 1970 of an RFC 3339 time; null for what is none. */
export function timeOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) || time < 0 ? null : time;
}
