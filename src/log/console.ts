import { formatWithOptions, stripVTControlCharacters } from 'node:util'
import type { Payload } from 'payload'

const LEVELS = {
  debug: 'debug',
  dir: 'info',
  error: 'error',
  info: 'info',
  log: 'info',
  trace: 'debug',
  warn: 'warn',
} as const
const MAX_MESSAGE_LENGTH = 2_000

/**
 * Redirects console output of libraries such as Next, and Node's own warnings, to the log: one JSON
 * line each, with level and context. Takes effect at once, for the whole process.
 */
export function routeConsole(logger: Payload['logger']): void {
  const routed = Object.entries(LEVELS).map(([method, level]) => {
    return [method, (...values: unknown[]) => logger[level](buildConsoleEntry(values))] as const
  })
  Object.assign(globalThis.console, Object.fromEntries(routed))
  process.removeAllListeners('warning').on('warning', (warning) => logger.warn({ err: warning }))
}

/**
 * The content of one console call: an error as an error, everything else as text without colors.
 */
function buildConsoleEntry(values: readonly unknown[]): { err?: Error; msg?: string } {
  const error = values.find((value) => value instanceof Error)
  const rest = values.filter((value) => value !== error)
  const text = formatWithOptions({ depth: 2, colors: false }, ...rest)
  const message = stripVTControlCharacters(text).trim().slice(0, MAX_MESSAGE_LENGTH)
  /* Next puts a sign such as ⨯ before an error. */
  const hasLetters = /\p{L}/u.test(message)
  return { ...(error && { err: error }), ...((hasLetters || !error) && { msg: message }) }
}
