import { randomUUID } from 'node:crypto'
import type { Api } from './api.ts'
import { openForecourt, type TestForecourt } from './forecourt.ts'
import { type OidcPeer, openOidcPeer, type Person } from './oidc-peer.ts'
import { openSignInBrowser, type SignInBrowser } from './oidc-browser.ts'
import { ORIGIN } from './settings.ts'

/** A Forecourt beside a provider that its staff sign in with. */
export type SignInStage = {
  forecourt: TestForecourt
  admin: Api
  peer: OidcPeer
  /** Somebody new of an allowed domain, who is signed in with HOUSE. */
  signedIn: () => Promise<
    SignInBrowser & {
      user: NonNullable<Awaited<ReturnType<SignInBrowser['loadUser']>>>
      person: Person
    }
  >
  /** A manager whom the admin invited. */
  invited: (
    about?: object,
  ) => Promise<{ id: string; email: string; oauthProvider: string; oauthId: string }>
  rowOf: (user: string) => Promise<UserRow>
  close: () => Promise<void>
}

type UserRow = {
  name: string
  role: string
  oauth_provider: string
  oauth_id: string
  last_login: Date | null
}

/** The settings that name a provider. */
export const buildProviderSettings = (
  name: string,
  peer: Pick<OidcPeer, 'issuer' | 'clientId' | 'clientSecret'>,
) => ({
  [`OIDC_${name}_ISSUER`]: peer.issuer,
  [`OIDC_${name}_CLIENT_ID`]: peer.clientId,
  [`OIDC_${name}_CLIENT_SECRET`]: peer.clientSecret,
})

export const buildCallbackUrl = (name: string, origin = ORIGIN) =>
  `${origin}/auth/${name.toLowerCase()}/callback`

/** Somebody of the domain that is allowed, verified. */
export function buildPerson(about: Partial<Person> = {}): Person {
  const sub = randomUUID()
  return { sub, email: `${sub}@dealer.example`, email_verified: true, name: 'Some Body', ...about }
}

/**
 * Opens both; the one provider is known to Forecourt by all of these names. Close it in afterAll.
 */
export async function openSignIn(
  names: string[],
  environment: Record<string, string> = {},
): Promise<SignInStage> {
  const peer = await openOidcPeer(names.map((name) => buildCallbackUrl(name)))
  const settings = Object.assign(
    {},
    ...names.map((name) => buildProviderSettings(name, peer)),
  ) as Record<string, string>
  const forecourt = await openForecourt({
    ...settings,
    OIDC_ALLOWED_DOMAINS: 'dealer.example',
    ...environment,
  })
  const admin = await forecourt.as('admin')
  return {
    forecourt,
    admin,
    peer,
    signedIn: async () => {
      const person = buildPerson()
      peer.signInAs(person)
      const walker = openSignInBrowser(forecourt)
      await walker.signIn('house')
      const user = await walker.loadUser()
      if (!user) throw new Error('The walk did not end signed in.')
      return { ...walker, user, person }
    },
    invited: async (about = {}) => {
      const data = {
        email: `${randomUUID()}@elsewhere.example`,
        name: 'Ann Invited',
        role: 'manager',
        ...about,
      }
      const { body } = await admin.post('/api/users').send(data).expect(201)
      return (body as { doc: Awaited<ReturnType<SignInStage['invited']>> }).doc
    },
    rowOf: async (user) =>
      (await forecourt.sql('select * from users where id = $1', [user])).rows[0] as UserRow,
    close: async () => {
      await forecourt.close()
      await peer.stop()
    },
  }
}
