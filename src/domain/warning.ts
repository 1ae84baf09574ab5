/**
 * A remark about an accepted value that the caller should check again. Returned next to `doc` in a
 * response.
 */
export type Warning = {
  field: string
  code: string
  message: string
}

/**
 * The response header in which hooks pass warnings to the REST bridge, which moves them into the
 * body. It never leaves the server.
 */
export const WARNINGS_HEADER = 'x-forecourt-warnings'

/** Warnings as a header value. */
export function encodeWarnings(warnings: readonly Warning[]): string {
  return encodeURIComponent(JSON.stringify(warnings))
}

/** Decodes warnings that `encodeWarnings` encoded. */
export function decodeWarnings(header: string): Warning[] {
  return JSON.parse(decodeURIComponent(header)) as Warning[]
}
