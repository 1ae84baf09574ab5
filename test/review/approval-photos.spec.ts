import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aPicture, offerCar, sendPhoto } from '../support/submissions.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const approve = (id: string) =>
  manager.post(`/api/pending-submissions/${id}/approve`).send({ price: 18_900 })
const offerWithPhotos = async (count: number): Promise<string> => {
  const offered = await offerCar(forecourt)
  for (let n = 0; n < count; n++)
    await sendPhoto(forecourt.anonymous, offered, await aPicture(n)).expect(201)
  return offered.id
}

describe('the photos of an approved submission', () => {
  it('are public with the car, in order, and the customer gets one mail', async () => {
    const id = await offerWithPhotos(2)
    const { car } = (await approve(id).expect(200)).body
    const { body } = await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)
    expect(body.images).toHaveLength(2)
    for (const url of body.images as string[])
      await forecourt.anonymous.get(new URL(url).pathname).expect(200)
    const mails = await forecourt.sql(
      `select about from outgoing_mails m join pending_submissions s
        on m.recipient = s.customer_email where s.id = $1 and about = 'submission_approved'`,
      [id],
    )
    expect(mails.rows.length).toBeGreaterThan(0)
  })

  it('are made once per submission when several managers approve many at the same time', async () => {
    const ids = []
    for (let n = 0; n < 6; n++) ids.push(await offerWithPhotos(2))
    const before = await countPhotos()
    const calls = ids.flatMap((id) => [id, id, id, id])
    const statuses = await Promise.all(calls.map(async (id) => (await approve(id)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(6)
    expect(statuses.filter((status) => status === 409)).toHaveLength(18)
    expect((await countPhotos()) - before).toBe(12)
  })
})

const countPhotos = async (): Promise<number> =>
  (await forecourt.sql('select count(*)::int as photos from media')).rows[0].photos
