const BROWSERS = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const
const SYSTEMS = [
  ['Windows', /Windows/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['macOS', /Mac OS X|Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux|X11/],
] as const

const MAX_LENGTH = 60

/**
 * Describes the device of a User-Agent header: `Firefox on Windows`. The header is not verified: it
 * helps people recognize their own sessions and proves nothing. A program that is not a browser is
 * called by the name that it sends; null if there is none.
 */
export function parseDeviceName(userAgent: string | null | undefined): string | null {
  const agent = userAgent?.replaceAll(/\p{Cc}/gu, ' ').trim()
  if (!agent) return null
  const named = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, pattern]) => pattern.test(agent))?.[0]
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)]
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? agent.split(/[\s/(]/, 1)[0]?.slice(0, MAX_LENGTH) ?? null
}
