import { findMailAddressProblem } from './mail-address.ts'
import type { SignInProvider } from './sign-in-provider.ts'
import type { SignInProblem } from './sign-in-problem.ts'
import { findWebAddressProblem } from './web-address.ts'
import { normalizeText } from './input-text.ts'

/** What a provider says about a person, in a token that was checked. */
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
 * An account of a member of staff, as far as signing in goes. `issuer` is whose word linked it to
 * its provider's name; null where nobody knows, or it is linked to none.
 */
export type Account = Readonly<{
  id: string
  provider: string
  issuer: string | null
  isActive: boolean
}>

/** What becomes of a person who comes from a provider. */
export type SignInDecision =
  | { kind: 'enter'; account: string }
  | { kind: 'claim'; account: string; email: string }
  | { kind: 'join'; email: string }
  | { kind: 'refused'; problem: SignInProblem }

/**
 * As an account can have it. Letters outside ASCII are none: the Kelvin sign is k in lower case,
 * and so would be somebody else.
 */
const ATOM = "[\\w!#$%&'*+/=?^`{|}~-]+"
const LABEL_REST = String.raw`([a-z\d-]*[a-z\d])?`
const ADDRESS = new RegExp(
  String.raw`^${ATOM}(\.${ATOM})*@([a-z\d]${LABEL_REST}\.)+[a-z]${LABEL_REST}$`,
  'i',
)
const GOOGLE_DOMAINS = ['gmail.com', 'googlemail.com']

/**
 * The e-mail address that the provider vouches for, in lower case; null when it vouches for none.
 * `email_verified` has to be true. Microsoft does not send it: there `xms_edov` has to be true, or
 * the issuer is of one tenant, which the settings see to, and does not say otherwise. An address at
 * Google that is not Gmail's own is Google's word only with the claim `hd` of the same domain
 * (https://developers.google.com/identity/openid-connect/openid-connect#hd-param).
 */
export function getVerifiedEmail(
  { kind }: Pick<SignInProvider, 'kind'>,
  claims: Claims,
): string | null {
  const { email, email_verified: verifiedClaim, hd, xms_edov: owned } = claims
  if (
    typeof email !== 'string' ||
    email.length > 255 ||
    !ADDRESS.test(email) ||
    findMailAddressProblem(email)
  )
    return null
  const address = email.toLowerCase()
  if (kind === 'microsoft') return isDenied(owned) || isDenied(verifiedClaim) ? null : address
  if (verifiedClaim !== true) return null
  if (kind !== 'google' || GOOGLE_DOMAINS.includes(getDomain(address))) return address
  return typeof hd === 'string' && hd.toLowerCase() === getDomain(address) ? address : null
}

/** Microsoft writes yes and no as booleans, numbers and texts. */
const isDenied = (claim: unknown) =>
  claim !== undefined && ![true, 1, '1', 'true'].includes(claim as string)

/**
 * Whether somebody comes in, and as whom: by provider and subject; by a verified address that was
 * invited, and only then; as a new viewer where the address is of an allowed domain. An account
 * that signs in some other way is not taken over by its address. A provider's name that was given
 * to another issuer brings nobody back: its subjects are other people.
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

/** An issuer as it is compared: with and without the slash at its end it is the same. */
export const normalizeIssuer = ({ issuer }: Pick<SignInProvider, 'issuer'>): string =>
  new URL(issuer).href

const refuseSignIn = (problem: SignInProblem): SignInDecision => ({ kind: 'refused', problem })

const getDomain = (address: string) => address.slice(address.lastIndexOf('@') + 1)

/**
 * What is kept of a person besides their address: a name where they have none yet, and a picture
 * that is on the web.
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
