import type { Payload } from 'payload'
import { type Actor, GUESTS } from '../http/proof/policy.ts'
import type { Role, TestForecourt } from './forecourt.ts'
import { type IssuedForecourt, openIssued } from './issued.ts'
import { type OidcPeer, openOidcPeer } from './oidc-peer.ts'
import { buildCallbackUrl, buildProviderSettings, buildPerson } from './oidc-stage.ts'
import { openSignInBrowser } from './oidc-browser.ts'
import { makeGarageAdmin } from './owners.ts'
import type { Person } from './proof-rows.ts'
import { ORIGIN } from './settings.ts'

/** What somebody says with every question to be known. */
type Credentials = [name: string, actor: Actor, headers: Record<string, string>]

/** A Forecourt, and everybody of the proof as the product itself let them in. */
type Cast = {
  forecourt: TestForecourt
  people: Person[]
  headers: Credentials[]
  /** The guests of the owner, who are asked about the garage alone. */
  guests: Credentials[]
  close: () => Promise<void>
}

/**
 * Opens a Forecourt with everybody signed in by real providers on loopback: owners with access
 * tokens of an issuer that the product's own verifier checks, staff with the session that a sign-in
 * through OpenID Connect ended with.
 */
export async function openCast(): Promise<Cast> {
  const peer = await openOidcPeer([buildCallbackUrl('HOUSE')])
  const forecourt = await openIssued({ DB_POOL_MAX: '16', ...buildProviderSettings('HOUSE', peer) })
  const cast: Cast = {
    forecourt,
    people: [],
    headers: [['anonymous', 'anonymous', {}]],
    guests: [],
    close: async () => {
      await forecourt.close()
      await peer.stop()
    },
  }
  for (const actor of ['owner', 'stranger', 'garage admin', 'deactivated owner'] as const)
    await addOwner(cast, forecourt, actor)
  for (const actor of GUESTS) await addOwner(cast, forecourt, actor)
  for (const actor of ['viewer', 'manager', 'admin', 'deactivated staff'] as const)
    await addStaff(cast, forecourt, peer, actor)
  return cast
}

/** An owner whose first token makes their profile. */
async function addOwner(
  { people, headers, guests }: Cast,
  { signInOwner, payload }: IssuedForecourt,
  actor: Actor,
): Promise<void> {
  const { subject, email, token, api } = await signInOwner()
  const { body } = await api.get('/api/me').expect(200)
  if (actor === 'garage admin') await makeGarageAdmin(payload, subject, email)
  people.push({ actor, email, subject, profile: (body as { profile: { id: string } }).profile.id })
  const known = GUESTS.includes(actor) ? guests : headers
  known.push([actor, actor, { authorization: `Bearer ${token}` }])
}

/**
 * A member of staff who was invited, claims the account at the provider, and asks with the session
 * of that sign-in.
 */
async function addStaff(
  { people, headers }: Cast,
  forecourt: IssuedForecourt,
  peer: OidcPeer,
  actor: Actor,
): Promise<void> {
  const person = buildPerson()
  const user = await inviteUser(
    forecourt.payload,
    actor === 'deactivated staff' ? 'admin' : (actor as Role),
    String(person.email),
  )
  peer.signInAs(person)
  const answer = await openSignInBrowser(forecourt).signIn('house')
  const token = /forecourt-token=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1]
  if (!token)
    throw new Error(`The sign-in of the ${actor} ended with ${answer.status} ${answer.text}`)
  people.push({ actor, email: String(person.email), user })
  headers.push([actor, actor, { authorization: `Bearer ${token}` }])
  if (actor === 'manager' || actor === 'admin')
    headers.push([
      `${actor} by cookie`,
      actor,
      { cookie: `forecourt-token=${token}`, origin: ORIGIN },
    ])
}

async function inviteUser(payload: Payload, role: Role, email: string): Promise<string> {
  const data = { email, name: `A ${role}`, role, isActive: true }
  return (await payload.create({ collection: 'users', data: data as never, overrideAccess: true }))
    .id
}
