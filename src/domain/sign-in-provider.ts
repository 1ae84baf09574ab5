import { isLoopback } from './loopback.ts'
import { isOneUrl } from './one-url.ts'
import { findHiddenCharacterProblem, findQuoteProblem } from './setting-text.ts'
import { hidePassword } from './mask-secrets.ts'

/**
 * The provider whose rules decide when an e-mail address counts as verified; `other` is any issuer
 * of OpenID Connect.
 */
export type ProviderKind = 'google' | 'microsoft' | 'auth0' | 'other'

/**
 * One issuer that staff may sign in with. `id` is its name in URLs and in `users.oauth_provider`.
 */
export type SignInProvider = Readonly<{
  id: string
  label: string
  kind: ProviderKind
  issuer: string
  clientId: string
  clientSecret: string
}>

type Environment = Readonly<Record<string, string | undefined>>
type Preset = {
  kind: ProviderKind
  label: string
  issuer?: string
}

const PRESETS: Readonly<Record<string, Preset>> = {
  GOOGLE: { kind: 'google', label: 'Google', issuer: 'https://accounts.google.com' },
  MICROSOFT: { kind: 'microsoft', label: 'Microsoft' },
  AUTH0: { kind: 'auth0', label: 'Auth0' },
}
/** Reserved names: they have another meaning in the column or in the URL. */
const RESERVED_NAMES = ['LOCAL', 'INVITED', 'ME', 'LOGOUT']
const SETTING = /^OIDC_([A-Z][A-Z0-9]{0,29})_(ISSUER|CLIENT_ID|CLIENT_SECRET|LABEL)$/
const MICROSOFT_HOST = 'login.microsoftonline.com'
/** The tenant ID of personal accounts, which `consumers` also names. */
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad'
const TENANT = /^\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\/v2\.0\/?$/i

/**
 * Parses the providers in an environment: `OIDC_<NAME>_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET` and,
 * optionally, `_LABEL` for the text on the button. They are sorted: Google, Microsoft, Auth0, then
 * the others by name. Returns one sentence for each provider that cannot be used.
 */
export function parseSignInProviders(
  environment: Environment,
  production: boolean,
): { providers: SignInProvider[]; wrong: string[] } {
  const names = new Set<string>()
  for (const [setting, value] of Object.entries(environment)) {
    const name = SETTING.exec(setting)?.[1]
    if (name && value?.trim()) names.add(name)
  }
  const presets = Object.keys(PRESETS).filter((name) => names.has(name))
  const others = [...names].filter((name) => !(name in PRESETS)).sort()
  const read = [...presets, ...others].map((name) => parseProvider(name, environment, production))
  return {
    providers: read.flatMap((one) => ('provider' in one ? [one.provider] : [])),
    wrong: read.flatMap((one) => ('wrong' in one ? [one.wrong] : [])),
  }
}

function parseProvider(
  name: string,
  environment: Environment,
  production: boolean,
): { provider: SignInProvider } | { wrong: string } {
  const setting = (part: string) => environment[`OIDC_${name}_${part}`]?.trim() || undefined
  const preset = PRESETS[name] ?? {
    kind: 'other',
    label: `${name.charAt(0)}${name.slice(1).toLowerCase()}`,
  }
  const issuer = setting('ISSUER') ?? preset.issuer
  const [clientId, clientSecret] = [setting('CLIENT_ID'), setting('CLIENT_SECRET')]
  if (RESERVED_NAMES.includes(name))
    return {
      wrong:
        `OIDC_${name}_ISSUER names a provider ${name.toLowerCase()}, but that name is ` +
        'reserved. Choose another.',
    }
  if (!issuer || !clientId || !clientSecret) {
    const missing = Object.entries({
      ISSUER: issuer,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
    }).filter(([, value]) => !value)
    const lacking = missing.map(([part]) => `OIDC_${name}_${part}`).join(' and ')
    return {
      wrong:
        `${lacking} ${missing.length > 1 ? 'are' : 'is'} not set, but other OIDC_${name}_ ` +
        'settings are. Set all three or none.',
    }
  }
  const textProblem = findTextProblem(name, environment)
  if (textProblem) return { wrong: textProblem }
  const wrong = findIssuerProblem(issuer, production)
  if (wrong) return { wrong: `OIDC_${name}_ISSUER is "${hidePassword(issuer)}", ${wrong}` }
  const kind = findProviderKind(issuer) ?? preset.kind
  const bad = kind === 'microsoft' ? findTenantProblem(issuer) : null
  if (bad) return { wrong: `OIDC_${name}_ISSUER is "${issuer}", ${bad}` }
  const label = (setting('LABEL') ?? preset.label).slice(0, 40)
  return { provider: { id: name.toLowerCase(), label, kind, issuer, clientId, clientSecret } }
}

/**
 * A sentence about the first setting of a provider that is quoted or contains a hidden character;
 * null if there is none.
 */
function findTextProblem(name: string, environment: Environment): string | null {
  for (const part of ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'LABEL']) {
    const setting = `OIDC_${name}_${part}`
    const value = environment[setting]?.trim() ?? ''
    const problem = findQuoteProblem(setting, value) ?? findHiddenCharacterProblem(setting, value)
    if (problem) return `${setting} ${problem} (see .env.example).`
  }
  return null
}

/** Google and Microsoft have their own rules, whatever the provider is named in the settings. */
function findProviderKind(issuer: string): ProviderKind | null {
  const { hostname } = new URL(issuer)
  if (hostname === 'accounts.google.com') return 'google'
  return hostname === MICROSOFT_HOST ? 'microsoft' : null
}

function findIssuerProblem(issuer: string, production: boolean): string | null {
  const url = URL.parse(issuer)
  if (!url || !isOneUrl(issuer) || url.search || url.hash || url.username || url.password)
    return 'but it must be a URL such as https://accounts.google.com, without a query.'
  if (url.protocol === 'https:') return null
  const near = url.protocol === 'http:' && isLoopback(url.hostname)
  return near && !production
    ? null
    : 'but it must begin with https://; http is allowed only for a provider on this ' +
        'machine, and not in production.'
}

/**
 * Explains why the tenant in an issuer is not allowed; null if it is. Many tenants share one
 * address, and the creator of a tenant chooses its e-mail addresses, so the issuer must name one
 * tenant.
 */
function findTenantProblem(issuer: string): string | null {
  const { hostname, pathname } = new URL(issuer)
  if (isLoopback(hostname)) return null
  if (TENANT.test(pathname) && !pathname.toLowerCase().includes(PERSONAL)) return null
  return (
    'but it must name one tenant by its id, not common, organizations or consumers: ' +
    `https://${MICROSOFT_HOST}/TENANT-ID/v2.0.`
  )
}
