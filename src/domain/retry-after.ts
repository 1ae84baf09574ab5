/**
 * The delay in seconds from a Retry-After header (RFC 9110, 10.2.3), which contains seconds or a
 * date; null if it contains neither. A past date gives 0. HTTP dates are in GMT, including the old
 * format that does not name it.
 */
export function parseRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const at = /[a-z]{3}/i.test(text)
    ? Date.parse(/GMT$/.test(text) ? text : `${text} GMT`)
    : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000))
}
