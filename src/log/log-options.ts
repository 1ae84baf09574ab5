import { secretMasker, withoutValues } from '../domain/mask-secrets.ts'
import type { Settings } from '../env.ts'
import { refusalStatus } from './expected-refusal.ts'
import { secretsOf } from './secrets.ts'

/**
 * How this process writes its log: from LOG_LEVEL on, each line with what it is about, and no secret. An error is told by its name, words,
 * stack and codes alone: its other properties may hold input. Secrets of the settings are masked in whatever a line says. A
 * refused request is not an error: it is logged at level info without a stack, so that invalid requests cannot fill the log.
 */
export function logOptions(settings: Settings, about: () => Record<string, unknown>) {
  const mask = secretMasker(secretsOf(settings))
  const logMethod: LogMethod = function (args, method, level) {
    const refusal = level === ERROR && 'requestId' in about() ? expectedRefusal(args) : null
    if (refusal) return this.info(refusal)
    return method.apply(this, args)
  }
  return { level: settings.LOG_LEVEL, mixin: about, serializers: { err: toldError }, hooks: { streamWrite: mask, logMethod } }
}

/** Pino's `logMethod` hook: the arguments, the function that writes them, and the number of the level. */
type LogMethod = (
  this: { info: (entry: object) => void },
  args: Parameters<LogFunction>,
  method: LogFunction,
  level: number,
) => void
type LogFunction = (first: unknown, ...rest: unknown[]) => void

/** Pino's number for the level `error`. */
const ERROR = 50
const LONGEST_MESSAGE = 300
/** Payload's message with any error of its form state, whatever the cause. */
const FORM_STATE = 'There was an error building form state'

/** Payload's message with each file that it refuses, which it then reports as a 400. */
const REFUSED_FILE = /^(Invalid MIME type|Invalid PDF|Invalid or corrupted |File type |SVG file )/

/** The log line for a refused request, from the arguments that Payload, Next or Express log; null for everything else. */
function expectedRefusal([first]: readonly unknown[]): Record<string, unknown> | null {
  if (typeof first === 'string' && REFUSED_FILE.test(first))
    return { refused: 400, msg: withoutValues(first).slice(0, LONGEST_MESSAGE) }
  if (typeof first !== 'object' || first === null || !('err' in first)) return null
  const { err, msg, ...rest } = first as { err: unknown; msg?: unknown }
  const status = (msg === undefined || msg === FORM_STATE) && Object.keys(rest).length === 0 ? refusalStatus(err) : null
  if (status === null || !(err instanceof Error)) return null
  return { refused: status, error: err.name, msg: withoutValues(err.message).slice(0, LONGEST_MESSAGE) }
}

const DEEPEST = 5
const TOLD = ['code', 'status', 'constraint', 'table', 'column'] as const

type Told = { type: string; message: string; stack?: string; cause?: unknown } & Partial<Record<(typeof TOLD)[number], unknown>>

/** An error as the log tells it, with what it came from; anything else that was thrown as it is. */
function toldError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  const told: Told = { type: name, message: withoutValues(message) }
  const at = stack?.slice(stack.indexOf('\n    at ') + 1)
  if (at) told.stack = at
  for (const code of TOLD) if (code in error) told[code] = (error as unknown as Record<string, unknown>)[code]
  if (cause !== undefined && depth < DEEPEST) told.cause = cause instanceof Error ? toldError(cause, depth + 1) : undefined
  return told
}
