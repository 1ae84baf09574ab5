import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

async function anAdmin() {
  const user = await saveUser(forecourt.payload, 'admin')
  const token = await fetchToken(forecourt.app, user)
  const change = (id: string, change: object) =>
    supertest(forecourt.app)
      .patch(`/api/users/${id}`)
      .set('Authorization', `Bearer ${token}`)
      .send(change)
  return { user, change }
}

const activeAdmins = async () =>
  (
    await forecourt.payload.count({
      collection: 'users',
      where: { and: [{ role: { equals: 'admin' } }, { isActive: { equals: true } }] },
      overrideAccess: true,
    })
  ).totalDocs

describe('the last active admin', () => {
  it('is neither demoted nor deactivated, and hears why', async () => {
    const { user, change } = await anAdmin()
    for (const step of [
      { role: 'viewer' },
      { isActive: false },
      { role: 'manager', isActive: false },
    ]) {
      const { body } = await change(user.id, step).expect(409)
      expect(body.errors[0].message).toBe(
        `${user.email} is the last active admin. Make someone else an admin first.`,
      )
    }
    expect(await activeAdmins()).toBe(1)
  })

  it('hears of a value that is not a role that it is not one', async () => {
    const { user, change } = await anAdmin()
    for (const role of ['Admin', 'root', '']) {
      const { body } = await change(user.id, { role }).expect(400)
      expect(body.errors[0].path).toBe('role')
    }
  })

  it('is not lost by a change of many users at once either', async () => {
    const { user, change } = await anAdmin()
    await change(`?where[role][equals]=admin`, { role: 'viewer' })
    expect(await activeAdmins()).toBeGreaterThanOrEqual(1)
    await forecourt.payload.update({
      collection: 'users',
      id: user.id,
      data: { role: 'admin', isActive: true },
      overrideAccess: true,
    })
  })

  it('stays when two admins put each other out at the same moment', async () => {
    for (let round = 0; round < 4; round++) {
      const [one, other] = [await anAdmin(), await anAdmin()]
      await forecourt.payload.update({
        collection: 'users',
        where: { id: { not_in: [one.user.id, other.user.id] } },
        data: { role: 'viewer' },
        overrideAccess: true,
      })
      const step = round % 2 === 0 ? { isActive: false } : { role: 'viewer' }
      const answers = await Promise.all([
        one.change(other.user.id, step),
        other.change(one.user.id, step),
      ])
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(await activeAdmins()).toBe(1)
    }
  })

  it('stays when two admins leave at the same moment', async () => {
    const [one, other] = [await anAdmin(), await anAdmin()]
    await forecourt.payload.update({
      collection: 'users',
      where: { id: { not_in: [one.user.id, other.user.id] } },
      data: { role: 'viewer' },
      overrideAccess: true,
    })
    const answers = await Promise.all([
      one.change(one.user.id, { isActive: false }),
      other.change(other.user.id, { isActive: false }),
    ])
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(['200', '409'])
    expect(await activeAdmins()).toBe(1)
  })
})
