import { isLoopback } from './loopback.ts'

/**
 * The settings about owners: the issuer of their tokens, the terms that they must accept, and the
 * provider's management API.
 */
export type OwnerSettings = {
  OWNERS_ISSUER?: string | undefined
  OWNERS_AUDIENCE?: string | undefined
  OWNERS_EMAIL_CLAIM?: string | undefined
  OWNERS_JWKS_URL?: string | undefined
  OWNERS_MANAGEMENT_URL?: string | undefined
  OWNERS_MANAGEMENT_TOKEN?: string | undefined
  TERMS_VERSION?: string | undefined
  TERMS_URL?: string | undefined
  TERMS_CONTENT_HASH?: string | undefined
}

const ADDRESSES = ['OWNERS_ISSUER', 'OWNERS_JWKS_URL', 'OWNERS_MANAGEMENT_URL'] as const
const TERMS = ['TERMS_VERSION', 'TERMS_URL', 'TERMS_CONTENT_HASH'] as const

/**
 * Explains which settings about owners contradict each other, one sentence each; empty if none do.
 */
export function findOwnerSettingProblems(settings: OwnerSettings, production: boolean): string[] {
  const problems: string[] = []
  if (Boolean(settings.OWNERS_ISSUER) !== Boolean(settings.OWNERS_AUDIENCE))
    problems.push(
      'OWNERS_ISSUER and OWNERS_AUDIENCE go together: set both or neither. Without them, ' +
        'all owner tokens are rejected.',
    )
  if ((settings.OWNERS_EMAIL_CLAIM ?? settings.OWNERS_JWKS_URL) && !settings.OWNERS_ISSUER)
    problems.push(
      'OWNERS_EMAIL_CLAIM and OWNERS_JWKS_URL apply to the tokens of OWNERS_ISSUER, which ' +
        'is not set: set it, or leave them empty.',
    )
  if (Boolean(settings.OWNERS_MANAGEMENT_URL) !== Boolean(settings.OWNERS_MANAGEMENT_TOKEN))
    problems.push(
      'OWNERS_MANAGEMENT_URL and OWNERS_MANAGEMENT_TOKEN go together: set both or neither.',
    )
  for (const name of ADDRESSES) {
    const address = settings[name]
    if (address?.startsWith('http:') && (production || !isLoopback(new URL(address).hostname)))
      problems.push(
        `${name} must begin with https://; http is allowed only for the loopback address ` +
          'of this machine, and not in production.',
      )
  }
  const terms = TERMS.filter((name) => settings[name] !== undefined)
  if (terms.length > 0 && terms.length < TERMS.length)
    problems.push(
      `${TERMS.join(', ')} go together: set all three or none. Without them, owners do not ` +
        'have to accept any terms.',
    )
  return problems
}
