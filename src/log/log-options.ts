import { createSecretMasker, redactValues } from '../domain/mask-secrets.ts'
import type { Settings } from '../env.ts'
import { findRefusalStatus } from './expected-refusal.ts'
import { listSecrets } from './secrets.ts'

/**
 * Configures the log of this process: from LOG_LEVEL up, each line with its context, and without
 * secrets. An error is logged only with its name, message, stack and codes: its other properties
 * may contain input. Secrets of the settings are masked everywhere. A refused request is not an
 * error: it is logged at level info without a stack, so that invalid requests cannot fill the log.
 */
export function createLogOptions(settings: Settings, about: () => Record<string, unknown>) {
  const mask = createSecretMasker(listSecrets(settings))
  const logMethod: LogMethod = function (args, method, level) {
    const refusal = level === ERROR && 'requestId' in about() ? buildRefusalEntry(args) : null
    if (refusal) return this.info(refusal)
    return method.apply(this, args)
  }
  return {
    level: settings.LOG_LEVEL,
    mixin: about,
    serializers: { err: serializeError },
    hooks: { streamWrite: mask, logMethod },
  }
}

/**
 * Pino's `logMethod` hook: the arguments, the function that writes them, and the number of the
 * level.
 */
type LogMethod = (
  this: { info: (entry: object) => void },
  args: Parameters<LogFunction>,
  method: LogFunction,
  level: number,
) => void
type LogFunction = (first: unknown, ...rest: unknown[]) => void

/** Pino's number for the level `error`. */
const ERROR = 50
const MAX_MESSAGE_LENGTH = 300
/** Payload's message with any error of its form state, whatever the cause. */
const FORM_STATE = 'There was an error building form state'

/** Payload's message with each file that it refuses, which it then reports as a 400. */
const REFUSED_FILE = /^(Invalid MIME type|Invalid PDF|Invalid or corrupted |File type |SVG file )/

/**
 * The log line for a refused request, from the arguments that Payload, Next or Express log; null
 * for everything else.
 */
function buildRefusalEntry([first]: readonly unknown[]): Record<string, unknown> | null {
  if (typeof first === 'string' && REFUSED_FILE.test(first))
    return { refused: 400, msg: redactValues(first).slice(0, MAX_MESSAGE_LENGTH) }
  if (typeof first !== 'object' || first === null || !('err' in first)) return null
  const { err, msg, ...rest } = first as { err: unknown; msg?: unknown }
  const status =
    (msg === undefined || msg === FORM_STATE) && Object.keys(rest).length === 0
      ? findRefusalStatus(err)
      : null
  if (status === null || !(err instanceof Error)) return null
  return {
    refused: status,
    error: err.name,
    msg: redactValues(err.message).slice(0, MAX_MESSAGE_LENGTH),
  }
}

const MAX_DEPTH = 5
const ERROR_FIELDS = ['code', 'status', 'constraint', 'table', 'column'] as const

type SerializedError = {
  type: string
  message: string
  stack?: string
  cause?: unknown
} & Partial<Record<(typeof ERROR_FIELDS)[number], unknown>>

/** An error as logged, with its causes; other thrown values are returned unchanged. */
function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  const serialized: SerializedError = { type: name, message: redactValues(message) }
  const at = stack?.slice(stack.indexOf('\n    at ') + 1)
  if (at) serialized.stack = at
  for (const code of ERROR_FIELDS)
    if (code in error) serialized[code] = (error as unknown as Record<string, unknown>)[code]
  if (cause !== undefined && depth < MAX_DEPTH)
    serialized.cause = cause instanceof Error ? serializeError(cause, depth + 1) : undefined
  return serialized
}
