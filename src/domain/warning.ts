/**
 * Something that was accepted, but that the one who wrote it should look at again. Stands beside
 * `doc` in an answer.
 */
export type Warning = { field: string; code: string; message: string }

/**
 * The response header in which hooks hand warnings to the REST bridge, which moves them into the
 * body. Never leaves the server.
 */
export const WARNINGS_HEADER = 'x-forecourt-warnings'

/** Warnings as a header value. */
export function encodeWarnings(warnings: readonly Warning[]): string {
  return encodeURIComponent(JSON.stringify(warnings))
}

/** What encodeWarnings encoded. */
export function decodeWarnings(header: string): Warning[] {
  return JSON.parse(decodeURIComponent(header)) as Warning[]
}
