import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
})
afterAll(() => forecourt.close())

const CASES = [
  ['active', {}],
  ['archived', { isActive: false }],
  ['sold', { soldDate: '2026-03-05', salePrice: 9_000 }],
] as const

describe('the status of a vehicle', () => {
  it.each(CASES)('is %s, also where it alone is selected, and by GraphQL', async (status, life) => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject, life)
    const path = `/api/vehicles/${id}`
    expect((await owner.api.get(path).expect(200)).body).toMatchObject({ status })
    const selected = await owner.api.get(`${path}?select[status]=true`).expect(200)
    expect(selected.body).toMatchObject({ id, status })
    const other = await owner.api.get(`${path}?select[make]=true`).expect(200)
    expect(other.body).not.toHaveProperty('status')
    const query = `{ Vehicle(id: "${id}") { status } }`
    const answer = await owner.api.post('/api/graphql').send({ query }).expect(200)
    expect(answer.body).toEqual({ data: { Vehicle: { status } } })
  })

  it('is not written, and follows what it is computed from', async () => {
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    const change = (body: object) => owner.api.patch(`/api/vehicles/${id}`).send(body).expect(200)
    expect((await change({ status: 'sold' })).body.doc).toMatchObject({ status: 'active' })
    expect((await change({ isActive: false })).body.doc).toMatchObject({ status: 'archived' })
    expect((await change({ soldDate: '2026-03-05' })).body.doc).toMatchObject({ status: 'sold' })
  })

  it('is no filter, and the message says so', async () => {
    const refused = await owner.api.get('/api/vehicles?where[status][equals]=sold')
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('status')])
  })
})
