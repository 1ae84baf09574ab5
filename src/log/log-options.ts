import { passwordIn, secretMasker, withoutValues } from '../domain/mask-secrets.ts'
import { isSecretSetting, type Settings } from '../env.ts'

/** The values of the settings that nobody may read: of a URL its password. */
export function secretsOf(settings: Settings): string[] {
  const own = Object.entries(settings).flatMap(([name, value]) => {
    if (!isSecretSetting(name) || typeof value !== 'string') return []
    return name.endsWith('URL') ? (passwordIn(value) ?? []) : value
  })
  return [...own, ...settings.signInProviders.map(({ clientSecret }) => clientSecret)]
}

/**
 * How this process writes its log: from LOG_LEVEL on, each line with what it is about, and no secret. An error is told by its name, words,
 * stack and codes alone: what else hangs on it may be what it was told. Secrets of the settings are masked in whatever a line says.
 */
export function logOptions(settings: Settings, about: () => Record<string, unknown>) {
  const mask = secretMasker(secretsOf(settings))
  return { level: settings.LOG_LEVEL, mixin: about, serializers: { err: toldError }, hooks: { streamWrite: mask } }
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
