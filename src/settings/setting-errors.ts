import { hidePassword } from '../domain/mask-secrets.ts'
import { showInvisible } from '../domain/show-invisible.ts'

type Values = Readonly<Record<string, string | undefined>>
type Issue = Readonly<{ path: readonly PropertyKey[]; message: string }>

const SECRET = /SECRET|PASSWORD$|URL$|_(TOKEN|KEY)$/
/**
 * Settings whose value is hidden completely. Of the URLs, these are only the ones that usually
 * contain a password.
 */
const HIDDEN = /SECRET|PASSWORD$|_(TOKEN|KEY)$|^(DATABASE|DATABASE_OWNER|REDIS|SMTP)_URL$/
const MAX_VALUE_LENGTH = 80

/** Whether a setting contains a secret, or a URL that may contain a password. */
export const isSecretSetting = (name: string): boolean => SECRET.test(name)

/**
 * One sentence for each refused setting, in the order of the issues: its name, its value unless
 * that is secret, what is allowed with an example, and where all settings are listed.
 */
export function describeIssues(issues: readonly Issue[], values: Values): string[] {
  const first = new Map<string, string>()
  for (const { path, message } of issues) {
    const name = String(path[0])
    if (!first.has(name)) first.set(name, message)
  }
  return [...first].map(
    ([name, rule]) => `${name}${formatValue(name, values)} ${rule} (see .env.example).`,
  )
}

const formatValue = (name: string, values: Values) =>
  HIDDEN.test(name) ? '' : ` is ${quoteValue(values[name] ?? '')}, but it`

/**
 * Formats a value in quotes, on one line, with codes for invisible characters and without the
 * password of a URL.
 */
export function quoteValue(value: string): string {
  const masked = hidePassword(value)
  const short =
    [...masked].length > MAX_VALUE_LENGTH
      ? `${[...masked].slice(0, MAX_VALUE_LENGTH).join('')}…`
      : masked
  return `"${showInvisible(short)}"`
}
