import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveUser } from '../support/forecourt.ts'
import { openSignIn, type SignInStage, buildPerson } from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'
import { ORIGIN } from '../support/settings.ts'

let stage: SignInStage
beforeAll(async () => {
  stage = await openSignIn(['HOUSE', 'GOOGLE'])
})
afterAll(() => stage.close())

describe('an invitation', () => {
  it('is a user without a password, told to them by mail', async () => {
    const user = await stage.invited()
    expect(user).toMatchObject({ oauthProvider: 'invited', oauthId: user.id })
    const { rows } = await stage.forecourt.sql(
      'select text from outgoing_mails where recipient = $1',
      [user.email],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0].text).toContain(`${ORIGIN}/admin`)
  })

  it('is claimed by the first verified sign-in with its address, and keeps its role and name', async () => {
    const user = await stage.invited()
    const person = buildPerson({ email: user.email.toUpperCase() })
    stage.peer.signInAs(person)
    const walker = openSignInBrowser(stage.forecourt)
    await walker.signIn('house')
    expect(await walker.loadUser()).toMatchObject({ id: user.id, role: 'manager' })
    expect(await stage.rowOf(user.id)).toMatchObject({
      oauth_provider: 'house',
      oauth_id: person.sub,
      name: 'Ann Invited',
    })
  })

  it('is not claimed by an address that is not verified', async () => {
    const user = await stage.invited()
    stage.peer.signInAs(buildPerson({ email: user.email, email_verified: false }))
    const walker = openSignInBrowser(stage.forecourt)
    expect((await walker.signIn('house')).status).toBe(403)
    expect(await walker.loadUser()).toBeNull()
    expect((await stage.rowOf(user.id)).oauth_provider).toBe('invited')
  })

  it('is claimed once: a second person with the same address is refused', async () => {
    const user = await stage.invited()
    const walkers = [openSignInBrowser(stage.forecourt), openSignInBrowser(stage.forecourt)]
    const backs: URL[] = []
    for (const walker of walkers) {
      stage.peer.signInAs(buildPerson({ email: user.email }))
      backs.push(await walker.passProvider(await walker.startSignIn('house')))
    }
    const answers = await Promise.all(
      walkers.map((walker, index) => walker.followCallback(backs[index] as URL)),
    )
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(['200', '403'])
  })

  it(
    'is claimed by one person who comes in two browsers at once, and so is a place for a new ' +
      'viewer',
    async () => {
      const user = await stage.invited()
      for (const person of [buildPerson({ email: user.email }), buildPerson()]) {
        stage.peer.signInAs(person)
        const walkers = [openSignInBrowser(stage.forecourt), openSignInBrowser(stage.forecourt)]
        const backs = await Promise.all(
          walkers.map(async (walker) => walker.passProvider(await walker.startSignIn('house'))),
        )
        const answers = await Promise.all(
          walkers.map((walker, index) => walker.followCallback(backs[index] as URL)),
        )
        expect(answers.map(({ status }) => status)).toEqual([200, 200])
        const [one, other] = await Promise.all(walkers.map((walker) => walker.loadUser()))
        expect(one?.id).toBe(other?.id)
      }
    },
  )

  it('of somebody who signs in with a password is not taken over by their address', async () => {
    const { email } = await saveUser(stage.forecourt.payload, 'admin')
    stage.peer.signInAs(buildPerson({ email }))
    const { status, text } = await openSignInBrowser(stage.forecourt).signIn('house')
    expect(status).toBe(403)
    expect(text).toContain('uses another sign-in method')
  })

  it('at Google needs the claim hd of the same domain', async () => {
    const user = await stage.invited()
    stage.peer.signInAs(buildPerson({ email: user.email }))
    expect((await openSignInBrowser(stage.forecourt).signIn('google')).status).toBe(403)
    stage.peer.signInAs(buildPerson({ email: user.email, hd: 'elsewhere.example' }))
    expect((await openSignInBrowser(stage.forecourt).signIn('google')).status).toBe(200)
  })
})

describe('somebody who is refused', () => {
  it('without an account learns whom to ask, and leaves a line in the audit log', async () => {
    const email = `${randomUUID()}@stranger.example`
    stage.peer.signInAs(buildPerson({ email }))
    const { status, text } = await openSignInBrowser(stage.forecourt).signIn('house')
    expect(status).toBe(403)
    expect(text).toContain('Ask an admin')
    const { rows } = await stage.forecourt.sql(
      `select changes from activity_logs where action = 'sign_in_failed'`,
    )
    expect(rows.map(({ changes }) => changes as object)).toContainEqual({
      account: `${email.charAt(0)}•••@stranger.example`,
      reason: 'You have not been invited',
    })
  })

  it('is somebody deactivated, by subject and by invitation', async () => {
    const { user, person } = await stage.signedIn()
    await stage.admin.patch(`/api/users/${user.id}`).send({ isActive: false }).expect(200)
    stage.peer.signInAs(person)
    expect((await openSignInBrowser(stage.forecourt).signIn('house')).text).toContain(
      'This account is deactivated',
    )
    const off = await stage.invited({ isActive: false })
    stage.peer.signInAs(buildPerson({ email: off.email }))
    expect((await openSignInBrowser(stage.forecourt).signIn('house')).text).toContain(
      'This account is deactivated',
    )
  })
})
