import { z } from 'zod'
import { accountAddressProblem } from './mail-address.ts'
import type { SignInProvider } from './sign-in-provider.ts'
import type { SignInProblem } from './sign-in-problem.ts'
import { findWebAddressProblem } from './web-address.ts'
import { normalizeText } from './input-text.ts'

/** The claims of a provider about a person, from a verified token. */
export type Claims = Readonly<{
  sub: string
  email?: unknown
  email_verified?: unknown
  hd?: unknown
  xms_edov?: unknown
  name?: unknown
  picture?: unknown
}>

/**
 * The parts of a staff account that matter for signing in. `issuer` is the issuer that linked the
 * account to the name of its provider; null if unknown, or if the account is not linked.
 */
export type Account = Readonly<{
  id: string
  provider: string
  issuer: string | null
  isActive: boolean
}>

/** The outcome of a sign-in with a provider. */
export type SignInDecision =
  | { kind: 'enter'; account: string }
  | {
      kind: 'claim'
      account: string
      email: string
    }
  | { kind: 'join'; email: string }
  | { kind: 'refused'; problem: SignInProblem }

const GOOGLE_DOMAINS = ['gmail.com', 'googlemail.com']

/**
 * The e-mail address that the provider guarantees, in lower case; null if there is none. Letters
 * outside ASCII are refused: the Kelvin sign becomes k in lower case and would match another
 * person's address. `email_verified` must be true. Microsoft does not send this claim: there,
 * `xms_edov` must be true, or the issuer must be a single tenant, which the settings ensure, and
 * must not deny it. For Google, an address outside Gmail only counts with the claim `hd` of the
 * same domain (https://developers.google.com/identity/openid-connect/openid-connect#hd-param).
 */
export function getVerifiedEmail(
  { kind }: Pick<SignInProvider, 'kind'>,
  claims: Claims,
): string | null {
  const { email, email_verified: verifiedClaim, hd, xms_edov: owned } = claims
  if (
    typeof email !== 'string' ||
    email.length > 255 ||
    !z.regexes.html5Email.test(email) ||
    accountAddressProblem(email) !== null
  )
    return null
  const address = email.toLowerCase()
  if (kind === 'microsoft') return isDenied(owned) || isDenied(verifiedClaim) ? null : address
  if (verifiedClaim !== true) return null
  if (kind !== 'google' || GOOGLE_DOMAINS.includes(getDomain(address))) return address
  return typeof hd === 'string' && hd.toLowerCase() === getDomain(address) ? address : null
}

/** Whether a claim is false: Microsoft sends booleans as booleans, numbers or texts. */
const isDenied = (claim: unknown) =>
  claim !== undefined && ![true, 1, '1', 'true'].includes(claim as string)

/**
 * Decides whether a person may sign in, and to which account: by provider and subject; else by a
 * verified address with an open invitation; else as a new viewer, if the domain of the address is
 * allowed. An account with another sign-in method cannot be taken over by its address. If a
 * provider's name was given to another issuer, its existing links are not used, because the
 * subjects of another issuer are other people.
 */
export function resolveSignIn(found: {
  from: { provider: string; issuer: string }
  email: string | null
  bySubject: Account | null
  byEmail: Account | null
  allowedDomains: readonly string[]
}): SignInDecision {
  const { from, email, bySubject, byEmail, allowedDomains } = found
  const isMoved = (account: Account | null) =>
    account?.provider === from.provider && account.issuer !== from.issuer
  if (isMoved(bySubject) || isMoved(byEmail)) return refuseSignIn('another-issuer')
  if (bySubject)
    return bySubject.isActive
      ? { kind: 'enter', account: bySubject.id }
      : refuseSignIn('deactivated')
  if (email === null) return refuseSignIn('unverified')
  if (byEmail && !byEmail.isActive) return refuseSignIn('deactivated')
  if (byEmail)
    return byEmail.provider === 'invited'
      ? { kind: 'claim', account: byEmail.id, email }
      : refuseSignIn('another-way')
  return allowedDomains.includes(getDomain(email))
    ? { kind: 'join', email }
    : refuseSignIn('unknown')
}

/** The form of an issuer for comparisons: a slash at the end makes no difference. */
export const normalizeIssuer = ({ issuer }: Pick<SignInProvider, 'issuer'>): string =>
  new URL(issuer).href

const refuseSignIn = (problem: SignInProblem): SignInDecision => ({ kind: 'refused', problem })

const getDomain = (address: string) => address.slice(address.lastIndexOf('@') + 1)

/**
 * The data of a person to store in addition to the address: a name if the account has none yet, and
 * a picture with a web URL.
 */
export function buildProfile(
  claims: Claims,
  email: string,
): { name: string; avatarUrl: string | null } {
  const claimed =
    typeof claims.name === 'string'
      ? claims.name.slice(0, 1_000).replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
      : ''
  const name = normalizeText(claimed).trim().slice(0, 255)
  const { picture } = claims
  const shown =
    typeof picture === 'string' &&
    picture.length <= 2_000 &&
    /^https:[^"'<>]+$/.test(picture) &&
    !findWebAddressProblem(picture)
  return { name: name || email, avatarUrl: shown ? picture : null }
}
