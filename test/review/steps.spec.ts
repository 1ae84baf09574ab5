import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { anyVin } from '../support/builders.ts'
import {
  type Api,
  fetchToken,
  openForecourt,
  saveUser,
  type TestForecourt,
} from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
let viewer: Api
let managerId: string
beforeAll(async () => {
  forecourt = await openForecourt()
  const user = await saveUser(forecourt.payload, 'manager')
  managerId = user.id
  const token = await fetchToken(forecourt.app, user)
  manager = supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`)
  viewer = await forecourt.as('viewer')
})
afterAll(() => forecourt.close())

const submit = async (facts: object = {}): Promise<string> => {
  const car = { year: 2019, make: 'Honda', model: 'Civic', vin: anyVin(), mileage: 52_000 }
  const body = { ...car, ...facts }
  return (await manager.post('/api/pending-submissions').send(body).expect(201)).body.doc.id
}
const post = (id: string, step: string, body: object = {}, api = manager) =>
  api.post(`/api/pending-submissions/${id}/${step}`).send(body)
const read = async (id: string) => (await manager.get(`/api/pending-submissions/${id}`)).body
const review = async (id: string, api = manager) =>
  (await api.get(`/api/pending-submissions/${id}/review`).expect(200)).body

describe('the steps of a review', () => {
  it('lead from received over a question to a rejection, each by whom it was', async () => {
    const id = await submit()
    expect(await read(id)).toMatchObject({
      submissionStatus: 'pending',
      waitingSinceAt: expect.any(String),
    })
    await post(id, 'start-review').expect(200)
    expect(await read(id)).toMatchObject({ submissionStatus: 'in_review', assignee: managerId })
    await post(id, 'ask', { question: 'How many keys?' }).expect(200)
    expect(await read(id)).toMatchObject({
      submissionStatus: 'info_wanted',
      question: 'How many keys?',
      waitingSinceAt: null,
    })
    await post(id, 'reject', { reason: 'Too old.' }).expect(200)
    expect(await read(id)).toMatchObject({
      submissionStatus: 'rejected',
      rejectionReason: 'Too old.',
      reviewedBy: managerId,
      reviewedAt: expect.any(String),
    })
    const { actions, steps } = await review(id)
    expect(actions).toEqual([])
    expect(steps.map(({ status, by }: { status: string; by: string }) => [status, by])).toEqual([
      ['pending', null],
      ['in_review', 'A manager'],
      ['info_wanted', 'A manager'],
      ['rejected', 'A manager'],
    ])
  })

  it('are refused once somebody else decided, with who, what and when', async () => {
    const id = await submit()
    await post(id, 'reject', { reason: 'No.' }).expect(200)
    for (const [step, body] of [
      ['start-review', {}],
      ['ask', { question: 'Why?' }],
      ['reject', { reason: 'No again.' }],
      ['approve', { price: 9_000 }],
      ['assign', { assignee: managerId }],
    ] as const) {
      const { errors } = (await post(id, step, body).expect(409)).body
      expect(errors[0].message).toMatch(/^A manager rejected this submission on .+ UTC\. /)
    }
    expect((await read(id)).rejectionReason).toBe('No.')
  })

  it('need a reason and a question', async () => {
    const id = await submit()
    await post(id, 'reject', {}).expect(400)
    await post(id, 'reject', { reason: '   ' }).expect(400)
    await post(id, 'ask', { question: '' }).expect(400)
    expect((await read(id)).submissionStatus).toBe('pending')
  })

  it('are not for viewers, and nowhere for a submission that does not exist', async () => {
    const id = await submit()
    await post(id, 'start-review', {}, viewer).expect(403)
    await post(id, 'approve', { price: 9_000 }, viewer).expect(403)
    const unknown = '0192d3c4-0000-7000-8000-000000000000'
    await post(unknown, 'start-review').expect(404)
    await post(unknown, 'assign', { assignee: null }).expect(404)
    await manager.get(`/api/pending-submissions/${unknown}/review`).expect(404)
  })

  it('wait for a change of the same submission, and then go on', async () => {
    const id = await submit()
    const answers = await Promise.all([
      post(id, 'start-review'),
      manager.patch(`/api/pending-submissions/${id}`).send({ condition: 'Good' }),
      post(id, 'assign', { assignee: managerId }),
    ])
    expect(answers[0].status).toBe(200)
    expect((await read(id)).submissionStatus).toBe('in_review')
  })

  it('are in the audit log, without what was written to the customer', async () => {
    const id = await submit()
    await post(id, 'ask', { question: 'A private question' }).expect(200)
    const { rows } = await forecourt.sql(
      'select action, changes from activity_logs where resource_id = $1 and action like $2',
      [id, 'submission%'],
    )
    expect(rows).toEqual([
      {
        action: 'submission_ask',
        changes: { fields: { submissionStatus: { from: 'pending', to: 'info_wanted' } } },
      },
    ])
  })
})

describe('the assignee of a submission', () => {
  it('is a manager or admin, or nobody', async () => {
    const id = await submit()
    await post(id, 'assign', { assignee: managerId }).expect(200)
    expect((await review(id)).assignee).toEqual({ id: managerId, name: 'A manager' })
    const { id: viewerId } = await saveUser(forecourt.payload, 'viewer')
    await post(id, 'assign', { assignee: viewerId }).expect(400)
    await post(id, 'assign', { assignee: managerId.toUpperCase() }).expect(200)
    await post(id, 'assign', { assignee: null }).expect(200)
    expect((await review(id)).assignee).toBeNull()
  })
})

describe('the appraisal of a submission', () => {
  it('is written by managers, and read by viewers without its money', async () => {
    const id = await submit()
    const sheet = { submission: id, tires: 'poor', tiresNote: 'Bald', offer: 9_000, payoff: 2_500 }
    await viewer.post('/api/appraisals').send(sheet).expect(403)
    const { doc } = (await manager.post('/api/appraisals').send(sheet).expect(201)).body
    expect(doc).toMatchObject({ appraisedBy: managerId, appraisedAt: expect.any(String) })
    await manager.post('/api/appraisals').send(sheet).expect(400)
    expect(await review(id)).toMatchObject({ customerShare: 6_500, appraisal: { offer: 9_000 } })
    const seen = await review(id, viewer)
    expect(seen).toMatchObject({ customerShare: null, appraisal: { tires: 'poor' }, actions: [] })
    expect(Object.keys(seen.appraisal)).not.toEqual(expect.arrayContaining(['offer']))
    await forecourt.anonymous.get(`/api/appraisals/${doc.id}`).expect(403)
  })

  it('does not change any more once the submission is decided', async () => {
    const id = await submit()
    const { doc } = (await manager.post('/api/appraisals').send({ submission: id }).expect(201))
      .body
    await post(id, 'reject', { reason: 'No.' }).expect(200)
    const { body } = await manager.patch(`/api/appraisals/${doc.id}`).send({ offer: 1 }).expect(409)
    expect(body.errors[0].message).toBe(
      'This submission is “Rejected”, so its appraisal no longer changes.',
    )
    await manager.post('/api/appraisals').send({ submission: id }).expect(409)
  })

  it('is deleted with its submission', async () => {
    const id = await submit()
    await manager.post('/api/appraisals').send({ submission: id }).expect(201)
    const admin = await forecourt.as('admin')
    await admin.delete(`/api/pending-submissions/${id}`).expect(200)
    const { rows } = await forecourt.sql('select 1 from appraisals where submission_id = $1', [id])
    expect(rows).toEqual([])
  })
})

describe('the market of a submitted car', () => {
  it('is what competitors ask for such cars at this mileage', async () => {
    const id = await submit({ year: 2020, make: 'Kia', model: 'Soul', mileage: 40_000 })
    const path = `/api/pending-submissions/${id}/market`
    expect((await viewer.get(path).expect(200)).body).toMatchObject({ market: null })
    const { rows } = await forecourt.ownerSql(
      `insert into competitors (name, inventory_url) values ('Other', 'https://x.example/cars')
        returning id`,
    )
    for (let n = 0; n < 12; n++)
      await forecourt.ownerSql(
        `insert into competitor_inventory (competitor_id, year, make, model, price, mileage,
          last_seen_at) values ($1, 2020, 'Kia', 'Soul', $2, $3, now())`,
        [rows[0].id, 15_000 + n * 100, 40_000 + n * 500],
      )
    const { body } = await viewer.get(path).expect(200)
    expect(body).toMatchObject({ source: 'competitors', comparedAs: { mileage: 40_000 } })
    expect(body.market.sampleSize).toBe(12)
    expect(body.market.expectedPrice).toBeGreaterThan(14_500)
    expect(body.market.expectedPrice).toBeLessThan(16_500)
    await forecourt.anonymous.get(path).expect(401)
  })
})
