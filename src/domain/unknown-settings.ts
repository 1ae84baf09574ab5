import { findNearestName } from './nearest-name.ts'
import { showInvisible } from './show-invisible.ts'

/**
 * Variables of operating systems and tools: never a misspelled setting, however similar the name.
 */
const FOREIGN = new Set(
  (
    'CI DEBUG EDITOR HOME HOSTNAME HOSTTYPE LANG LANGUAGE LOGNAME MAIL MAILTO MANPATH ' +
    'NODE_ENV NODE_OPTIONS NODE_PATH OLDPWD PAGER PATH PGHOST PGPORT PGDATA PWD SHELL SHLVL ' +
    'SORT TEMP TERM TMP TMPDIR TZ USER USERNAME VISUAL'
  ).split(/\s+/),
)
/**
 * Prefixes of variables that platforms, containers and Payload itself read for their own purposes
 * and that we use, too.
 */
const FOREIGN_PREFIXES = new Set(['DATABASE', 'DB', 'MAIL', 'PAYLOAD', 'REDIS'])

const PROVIDER = /^OIDC_([A-Z][A-Z0-9]{0,29})_[A-Z_]+$/i
const PROVIDER_PARTS = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'LABEL']
const NAMES_PROVIDER = new RegExp(`^OIDC_[A-Z][A-Z0-9]{0,29}_(${PROVIDER_PARTS.join('|')})$`)

/**
 * Returns one warning for each variable that is probably meant for Forecourt but is not a known
 * setting: its name is similar to a known one, or begins with a prefix that several settings share.
 * Values are not repeated, because they may be secrets.
 */
export function findUnknownSettings(
  environment: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): string[] {
  const names = Object.keys(environment).filter(
    (name) => environment[name] && !known.includes(name) && !isForeign(name),
  )
  const prefixes = findSharedPrefixes(known)
  return names.sort().flatMap((name) => {
    const shown = showInvisible(name)
    const nearest = findNearestName(name, [...known, ...listProviderNames(name)])
    if (nearest)
      return (
        `${shown} is set, but is not a Forecourt setting. Did you mean ${nearest}? ` +
        'Correct the name, or remove it.'
      )
    const prefix = name.split('_')[0] ?? ''
    if (!prefixes.has(prefix) || prefix === name) return []
    return (
      `${shown} is set, but is not a Forecourt setting. .env.example lists those that begin ` +
      `with ${prefix}_; correct the name, or remove it.`
    )
  })
}

const isForeign = (name: string) => FOREIGN.has(name) || isProviderSetting(name)

/** Whether a name is that of a sign-in provider's setting, such as `OIDC_GOOGLE_CLIENT_ID`. */
export const isProviderSetting = (name: string): boolean => NAMES_PROVIDER.test(name)

/** The settings of the provider that a name probably belongs to. */
function listProviderNames(name: string): string[] {
  const provider = PROVIDER.exec(name)?.[1]?.toUpperCase()
  return provider ? PROVIDER_PARTS.map((part) => `OIDC_${provider}_${part}`) : []
}

/** The prefixes that two or more settings share, and those of providers. */
function findSharedPrefixes(known: readonly string[]): Set<string> {
  const prefixes = known
    .filter((name) => name.includes('_'))
    .map((name) => name.split('_')[0] ?? '')
  const shared = prefixes.filter(
    (word, index) => prefixes.indexOf(word) !== index && !FOREIGN_PREFIXES.has(word),
  )
  return new Set([...shared, 'OIDC'])
}
