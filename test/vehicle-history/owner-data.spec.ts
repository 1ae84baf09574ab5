import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  approveOffer,
  EVERYTHING,
  type OfferedVehicle,
  offerVehicle,
  saveTrackedVehicle,
} from '../support/dealer-offers.ts'
import type { Issued } from '../support/issued.ts'
import {
  backdateDeletionRequest,
  createFullOwner,
  findTablesNaming,
  openPurging,
  type Purging,
  runPurge,
} from '../support/purging.ts'
import { unzip } from '../support/unzip.ts'

let purging: Purging
beforeAll(async () => {
  purging = await openPurging()
})
afterAll(() => purging.close())

async function send(owner: Issued): Promise<OfferedVehicle & { vehicle: string }> {
  const vehicle = await saveTrackedVehicle(purging.forecourt, owner)
  const { body } = await offerVehicle(owner, vehicle, EVERYTHING).expect(201)
  return { ...(body as OfferedVehicle), vehicle }
}

async function createVerifiedOwner(): Promise<Issued> {
  const owner = await createFullOwner(purging)
  await purging.forecourt.sql(
    'update user_profiles set email_verified = true where auth0_sub = $1',
    [owner.subject],
  )
  return owner
}

const loadSubmission = async (reference: string) =>
  (
    await purging.forecourt.sql('select * from pending_submissions where reference = $1', [
      reference,
    ])
  ).rows[0] as Record<string, unknown>

const countHistories = async (head: string | null) =>
  (await purging.forecourt.sql('select 1 from shared_histories where head = $1', [head])).rows
    .length

describe('the deletion of an account', () => {
  it('withdraws an open offer, deletes its history, and forgets its customer', async () => {
    const owner = await createVerifiedOwner()
    const { reference, url, head } = await send(owner)
    const { anonymous } = purging.forecourt
    const link = new URL(url).pathname + new URL(url).search
    await anonymous.get(link).expect(200)
    await backdateDeletionRequest(purging, owner, 31)
    expect(await runPurge(purging)).toMatchObject({ purged: 1 })
    await anonymous.get(link).expect(404)
    expect(await loadSubmission(reference)).toMatchObject({
      submission_status: 'withdrawn',
      owner_id: null,
      vehicle_id: null,
      customer_email: null,
      customer_name: null,
      history_head: null,
    })
    expect(await countHistories(head)).toBe(0)
    for (const text of [owner.subject, owner.email])
      expect(await findTablesNaming(purging, text)).toEqual([])
  })

  it('forgets an address as well that the account had when the offer was sent', async () => {
    const owner = await createVerifiedOwner()
    await send(owner)
    await purging.forecourt.sql('update user_profiles set email = $2 where auth0_sub = $1', [
      owner.subject,
      'moved@customer.example',
    ])
    await backdateDeletionRequest(purging, owner, 31)
    expect(await runPurge(purging)).toMatchObject({ purged: 1 })
    expect(await findTablesNaming(purging, owner.email)).toEqual([])
  })

  it('leaves a car with its anonymous history, and the seller to the dealership', async () => {
    const owner = await createVerifiedOwner()
    const { reference, head } = await send(owner)
    const { car } = await approveOffer(purging.forecourt, reference)
    await backdateDeletionRequest(purging, owner, 31)
    expect(await runPurge(purging)).toMatchObject({ purged: 1 })
    const { body } = await purging.forecourt.anonymous
      .get(`/api/inventory/${car}/history`)
      .expect(200)
    expect(body).toMatchObject({ head })
    expect(await loadSubmission(reference)).toMatchObject({
      submission_status: 'approved',
      owner_id: null,
      vehicle_id: null,
      customer_email: owner.email,
    })
    expect(await findTablesNaming(purging, owner.subject)).toEqual([])
  })
})

describe('the export of an account', () => {
  it('contains the offers to the dealership, with the records that were shared', async () => {
    const [ann, ben] = [await createVerifiedOwner(), await createVerifiedOwner()]
    const { reference, head, vehicle } = await send(ann)
    await purging.forecourt.sql(
      'update pending_submissions set question = $2 where reference = $1',
      [reference, 'How many keys are there?'],
    )
    const ofBen = await send(ben)
    await ben.api.delete(`/api/vehicles/${ofBen.vehicle}/submit-to-dealer`).expect(200)
    expect(await readOffers(ann)).toMatchObject([
      {
        vehicle,
        reference,
        status: 'pending',
        askingPrice: 21_500,
        customerEmail: ann.email,
        question: 'How many keys are there?',
        answer: null,
        photos: 0,
        head,
        records: [{ kind: 'vehicle' }, {}, {}, {}, { kind: 'fuel', hash: head }],
      },
    ])
    expect(await readOffers(ben)).toMatchObject([{ status: 'withdrawn', records: null }])
  })

  async function readOffers({ api }: Issued): Promise<unknown> {
    const { body } = await api
      .get('/api/me/export')
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('end', () => done(null, Buffer.concat(chunks)))
      })
      .expect(200)
    return JSON.parse(String(unzip(body as Buffer).get('dealer-offers.json')))
  }
})
