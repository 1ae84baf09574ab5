import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { lockRow } from '../support/http-row-lock.ts'

const ROUNDS = 5

let forecourt: TestForecourt
let one: Api
let other: Api
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[one, other, admin] = await Promise.all([
    forecourt.as('manager'),
    forecourt.as('manager'),
    forecourt.as('admin'),
  ])
})
afterAll(() => forecourt.close())

/**
 * Lets requests read a car, holds them until all of them want to write it, and answers what became
 * of them.
 */
async function meetingAt<Answer>(
  id: string,
  requests: readonly PromiseLike<Answer>[],
): Promise<Answer[]> {
  const held = await lockRow(forecourt.url, 'inventory', id)
  const answers = Promise.all(requests)
  await held.waiting(requests.length)
  await held.release()
  return answers
}

describe('two people at the same moment', () => {
  it('sell one car once: one has sold it, the other hears that it is sold', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await saveCar(forecourt.payload)
      const sell = (api: Api) => api.patch(`/api/inventory/${id}`).send({ status: 'sold' })
      const answers = await meetingAt(id, [sell(one), sell(other)])
      expect(answers.map(({ status }) => String(status)).sort()).toEqual(['200', '409'])
      const [lost] = answers.filter(({ status }) => status === 409)
      expect(lost?.body.errors[0].message).toContain('Someone else changed')
    }
  })

  it('lose no change: whatever was answered with 200 is in the row', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await saveCar(forecourt.payload, { trim: 'before', condition: 'before' })
      const writes = [{ trim: 'after' }, { condition: 'after' }].map((about) =>
        one.patch(`/api/inventory/${id}`).send(about),
      )
      const [trim = 0, condition = 0] = (
        await (round % 2 ? meetingAt(id, writes) : Promise.all(writes))
      ).map(({ status }) => status)
      const row = await forecourt.payload.findByID({
        collection: 'inventory',
        id,
        overrideAccess: true,
      })
      expect(row).toMatchObject({
        trim: trim === 200 ? 'after' : 'before',
        condition: condition === 200 ? 'after' : 'before',
      })
      expect([trim, condition].filter((status) => status !== 200 && status !== 409)).toEqual([])
      expect([trim, condition]).toContain(200)
    }
  })

  it(
    'change and delete one car: the change lands first, or the car is gone, and never an error ' +
      'of ours',
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = await saveCar(forecourt.payload)
        const [changed, deleted] = await Promise.all([
          one.patch(`/api/inventory/${id}`).send({ price: 7 }),
          admin.delete(`/api/inventory/${id}`),
        ])
        expect(deleted.status).toBe(200)
        expect([200, 404, 409]).toContain(changed.status)
        await one.get(`/api/inventory/${id}`).expect(404)
      }
    },
  )

  it('change many cars each: all of them get an answer', async () => {
    const cars = await Promise.all(Array.from({ length: 12 }, () => saveCar(forecourt.payload)))
    const answers = await Promise.all(
      cars.flatMap(({ id }) =>
        [one, other].map((api) => api.patch(`/api/inventory/${id}`).send({ featured: true })),
      ),
    )
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
  })
})
