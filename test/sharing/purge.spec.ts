import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aFuelLog, anyVin } from '../support/builders.ts'
import type { Issued } from '../support/issued.ts'
import {
  backdateDeletionRequest,
  createFullOwner,
  findTablesNaming,
  openPurging,
  type Purging,
  runPurge,
} from '../support/purging.ts'
import { inviteGuest, offerTo, readId, shareWith } from '../support/sharing.ts'

let purging: Purging
beforeAll(async () => {
  purging = await openPurging()
})
afterAll(() => purging.close())

const addVehicle = async ({ api }: Issued): Promise<string> =>
  readId(await api.post('/api/vehicles').send({ vin: anyVin() }).expect(201))

async function purge(owner: Issued): Promise<void> {
  await backdateDeletionRequest(purging, owner, 31)
  expect(await runPurge(purging)).toEqual({ purged: 1, kept: 0 })
}

describe('the purge', () => {
  it('of a guest ends their shares and takes their name off what they wrote', async () => {
    const [owner, guest] = [await createFullOwner(purging), await createFullOwner(purging)]
    const vehicle = await addVehicle(owner)
    await shareWith(owner, guest, vehicle, 'editor')
    await inviteGuest(owner, guest, await addVehicle(owner), 'viewer')
    const written = readId(
      await guest.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201),
    )
    await purge(guest)
    const { body } = await owner.api.get(`/api/fuel-logs/${written}`).expect(200)
    expect(body).toMatchObject({ vehicle, writtenBy: null })
    expect((await owner.api.get('/api/me/shares')).body).toEqual({ given: [], received: [] })
    for (const text of [guest.subject, guest.email])
      expect(await findTablesNaming(purging, text)).toEqual([])
    const { rows } = await purging.forecourt.sql(
      'select 1 from admin_audit_logs a where a::text like $1',
      [`%${guest.subject}%`],
    )
    expect(rows).toEqual([])
  })

  it('of an owner ends what they shared, but leaves what they transferred', async () => {
    const [owner, other] = [await createFullOwner(purging), await createFullOwner(purging)]
    const [shared, moved] = [await addVehicle(owner), await addVehicle(owner)]
    await shareWith(owner, other, shared, 'viewer')
    const terms = { withCosts: true, withDocuments: true }
    const offer = await offerTo(owner, other, moved, terms)
    await other.api.post(`/api/me/transfers/${offer}/accept`).expect(200)
    await offerTo(other, owner, await addVehicle(other), terms)
    await purge(owner)
    await other.api.get(`/api/vehicles/${moved}`).expect(200)
    await other.api.get(`/api/vehicles/${shared}`).expect(404)
    expect((await other.api.get('/api/me/shares')).body).toEqual({ given: [], received: [] })
    expect((await other.api.get('/api/me/transfers')).body).toEqual({ offered: [], received: [] })
  })
})
