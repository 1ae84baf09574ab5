import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { backfillIssuers } from '../../src/auth/staff/account.ts'
import { openSignIn, type SignInStage, buildPerson } from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'

let stage: SignInStage
beforeAll(async () => {
  stage = await openSignIn(['HOUSE'])
})
afterAll(() => stage.close())

const OLD = 'https://old.example/'
const issuerOfUser = async (id: string) =>
  (await stage.forecourt.sql('select oauth_issuer from users where id = $1', [id])).rows[0]
    .oauth_issuer as string | null
/** Lets an account be one that another issuer linked while the provider's name stood for that. */
const linkedBy = (issuer: string | null, id: string) =>
  stage.forecourt.sql('update users set oauth_issuer = $1 where id = $2', [issuer, id])
const comes = async (person: ReturnType<typeof buildPerson>) => {
  stage.peer.signInAs(person)
  const walker = openSignInBrowser(stage.forecourt)
  const { status, text } = await walker.signIn('house')
  return { status, text, who: await walker.loadUser() }
}

describe('an account that a provider linked', () => {
  it('keeps the issuer whose word it was, joined or invited', async () => {
    const { user } = await stage.signedIn()
    const invited = await stage.invited()
    await comes(buildPerson({ email: invited.email }))
    for (const { id } of [user, invited])
      expect(await issuerOfUser(id)).toBe(`${stage.peer.issuer}/`)
  })

  it(
    'is nobody’s when the name of the provider is given to another issuer: neither by its ' +
      'subject nor by its address',
    async () => {
      const { user, person } = await stage.signedIn()
      await linkedBy(OLD, user.id)
      for (const other of [
        person,
        { ...person, email: 'another@dealer.example' },
        buildPerson({ email: user.email }),
      ]) {
        const { status, text, who } = await comes(other)
        expect({ status, who }).toEqual({ status: 403, who: null })
        expect(text).toContain('The provider has changed')
      }
      expect(await issuerOfUser(user.id)).toBe(OLD)
      const { rows } = await stage.forecourt.sql(
        `select changes ->> 'reason' as reason from activity_logs
          where action = ` + `'sign_in_failed' and resource_id = $1`,
        [user.id],
      )
      expect(rows).toContainEqual({ reason: 'The provider has changed' })
    },
  )

  it('comes back under the new issuer once it is invited again', async () => {
    const { user, person } = await stage.signedIn()
    await linkedBy(OLD, user.id)
    await stage.forecourt.sql(
      `update users set oauth_provider = 'invited', oauth_id = id::text, oauth_issuer = null
        ` + 'where id = $1',
      [user.id],
    )
    expect((await comes(person)).who).toMatchObject({ id: user.id })
    expect(await issuerOfUser(user.id)).toBe(`${stage.peer.issuer}/`)
  })

  it(
    'from before that was kept is of the issuer that the name stands for at the next start, and ' +
      'only then',
    async () => {
      const [before, moved] = [await stage.signedIn(), await stage.signedIn()]
      await linkedBy(null, before.user.id)
      await linkedBy(OLD, moved.user.id)
      expect((await comes(before.person)).status).toBe(403)
      await backfillIssuers(stage.forecourt.payload, stage.forecourt.settings.signInProviders)
      expect((await comes(before.person)).status).toBe(200)
      expect((await comes(moved.person)).status).toBe(403)
    },
  )

  it('tells its issuer to admins alone', async () => {
    const { user, api } = await stage.signedIn()
    expect(
      (await api.get(`/api/users/${user.id}`).set('Sec-Fetch-Site', 'same-origin').expect(200))
        .text,
    ).not.toContain('oauthIssuer')
    expect((await stage.admin.get(`/api/users/${user.id}`).expect(200)).body.oauthIssuer).toBe(
      `${stage.peer.issuer}/`,
    )
  })
})
