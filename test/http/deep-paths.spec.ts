import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
  await saveCar(forecourt.payload)
})
afterAll(() => forecourt.close())

/**
 * Payload asks whether the third column of a path may be read without awaiting the answer: a
 * refusal there is a rejection that nobody handles, which ends a Node process. One anonymous GET
 * was enough.
 */
describe('a filter that goes through two references', () => {
  it.each([
    'where[sourceSubmission.reviewedBy.oauthId][equals]=x',
    'where[sourceSubmission.reviewedBy.email][exists]=true',
    'where[createdBy.x.y.z][equals]=x',
    'where[or][0][sourceSubmission__reviewedBy__oauthId][equals]=x',
    'where[and][0][or][0][sourceSubmission.reviewedBy.role][in]=admin',
  ])('is refused before anybody looks: %s', async (query) => {
    for (const path of ['/api/inventory', '/api/inventory/count']) {
      const refused = await forecourt.anonymous.get(`${path}?${query}`).expect(400)
      expect(refused.text).toContain('spans more than one reference')
    }
  })

  it('is refused in a joined list and over GraphQL too', async () => {
    const owner = await forecourt.asOwner()
    const joined = 'joins[fuelLogs][where][vehicle.x.y][equals]=1'
    await owner.api.get(`/api/vehicles?${joined}`).expect(400)
    const query =
      '{ Inventories(where: { sourceSubmission__reviewedBy__oauthId: { equals: "x" } }) { ' +
      'totalDocs } }'
    const answer = await forecourt.anonymous.post('/api/graphql').send({ query })
    expect((answer.body as { errors?: unknown[] }).errors?.length).toBeGreaterThan(0)
  })

  it('is as good as ever through one', async () => {
    const admin = await forecourt.as('admin')
    const found = await admin
      .get('/api/market-price-history?where[inventory.make][equals]=Honda')
      .expect(200)
    expect(found.body).toMatchObject({ totalDocs: 0 })
  })
})
