import { inspect } from 'node:util'
import { createSecretMasker, redactValues } from './domain/mask-secrets.ts'
import { describeSystemError } from './domain/system-error.ts'
import { type Settings, loadSettings } from './env.ts'
import { listSecrets } from './log/secrets.ts'
import { UserError } from './user-error.ts'
import { buildErrorSentence, removePeriod } from './domain/error-sentence.ts'

const MAX_DEPTH = 8

/**
 * The message for a person when a program fails: the sentence of an expected error, of the
 * operating system, of PostgreSQL or of Payload, from the error or one of its causes; otherwise a
 * sentence that describes the error as unexpected and explains how to see more. `program` is the
 * command that starts it, such as `npm run admin`.
 */
export function describeFailure(error: unknown, program: string): string {
  const sentence = findSentence(error)
  if (sentence !== null) return sentence.replace(/^the /, 'The ')
  const reason = getFirstLine(
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  )
  return (
    `${program} ended with an unexpected error: ${reason}. To see where it happened, run: ` +
    `LOG_LEVEL=debug ${program}.`
  )
}

/**
 * Writes the message about a failure to stderr, with the secrets of the settings masked. If
 * LOG_LEVEL is debug, the error and its stack follow.
 */
export function reportFailure(error: unknown, program: string): void {
  const settings = tryLoadSettings()
  const mask = createSecretMasker(settings ? listSecrets(settings) : [])
  process.stderr.write(`${mask(describeFailure(error, program))}\n`)
  if (settings?.LOG_LEVEL === 'debug')
    process.stderr.write(`${mask(redactValues(inspect(error)))}\n`)
}

function findSentence(error: unknown, depth = 0): string | null {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return null
  if (error instanceof UserError || error.name === 'CommitFailed') return error.message
  return (
    describeRefusedFields(error) ??
    describeDatabaseError(error) ??
    describeSystemError(error) ??
    findSentence(error.cause, depth + 1)
  )
}

type RefusedField = {
  path?: string
  label?: unknown
  message?: string
}

/**
 * A sentence about the fields that Payload refuses in `data.errors`. Fields are named by their
 * labels, as in the panel.
 */
function describeRefusedFields(error: Error): string | null {
  const { data } = error as Error & { data?: { errors?: RefusedField[] } | null }
  const fields = Array.isArray(data?.errors) ? data.errors : []
  const refusals = fields
    .map(({ path = '', label, message = '' }) => {
      const name = typeof label === 'string' && label !== '' ? label : formatPath(path)
      return name === '' ? getFirstLine(message) : buildErrorSentence(name, getFirstLine(message))
    })
    .filter(Boolean)
  return refusals.length > 0
    ? `The change was rejected: ${refusals.join('; ')}. Correct it, then try again.`
    : null
}

/** Formats the path of a field in words: `Starts at` for `hours.startsAt`. */
function formatPath(path: string): string {
  const name = path.split('.').at(-1) ?? ''
  const words = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A sentence about a PostgreSQL error, which is recognized by its severity and SQLSTATE. */
function describeDatabaseError(error: Error): string | null {
  const { code, severity } = error as Error & { code?: string; severity?: string }
  if (!severity || !/^[0-9A-Z]{5}$/.test(code ?? '')) return null
  const wayOut =
    WAYS_OUT.find(([states]) => states.test(code ?? ''))?.[1] ??
    'LOG_LEVEL=debug shows where it happened'
  return `The database rejected the operation: ${getFirstLine(error.message)} (${code}). ${wayOut}.`
}

/** The way out for each class of SQLSTATE. */
const WAYS_OUT: readonly (readonly [RegExp, string])[] = [
  [/^(08|57P)/, 'It is shutting down or restarting: try again when it is back'],
  [/^28|^3D/, 'Correct DATABASE_URL'],
  [
    /^42P0[17]$|^42703$/,
    'Its tables do not match this version: run npm run migrate, or correct DATABASE_URL',
  ],
  [/^42501$/, 'Set DATABASE_OWNER_URL to sign in as the owner of the tables'],
  [/^53100$/, 'Free some space on its disk, then try again'],
  [/^53/, 'Wait until it is less busy, then try again'],
  [/^25006$/, 'It is read-only: set DATABASE_URL to the primary server'],
]

const getFirstLine = (text: string) =>
  removePeriod((redactValues(text).split('\n')[0] ?? '').trim())

function tryLoadSettings(): Settings | null {
  try {
    return loadSettings()
  } catch {
    return null // invalid settings are already being reported
  }
}
