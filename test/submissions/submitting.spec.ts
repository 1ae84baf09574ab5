import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { anOffer, aVin, offerCar } from '../support/submissions.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt({ TRUSTED_PROXIES: '1' })
})
afterAll(() => forecourt.close())

const PATH = '/api/submissions'
/** Offers a car from an address of its own, so that limits do not meet. */
const offer = (
  about: Record<string, unknown> = {},
  address = `10.0.0.${Math.ceil(Math.random() * 250)}`,
) => supertest(forecourt.app).post(PATH).set('X-Forwarded-For', address).send(anOffer(about))
const count = async (vin: string) =>
  (await forecourt.sql('select 1 from pending_submissions where vin = $1', [vin])).rowCount

describe('an offer', () => {
  it('is answered with a reference and a signed address, and stored as it was sent', async () => {
    const vin = aVin()
    const customerEmail = 'ann@customer.example'
    const about = { trim: 'EX', additionalNotes: 'One\nowner', customerEmail }
    const sent = { vin: ` ${vin.toLowerCase()} `, ...about }
    const { body } = await offer(sent).expect(201)
    expect(body).toEqual({
      reference: expect.stringMatching(/^FC-[2-9C-Z]{4}-[2-9C-Z]{4}$/),
      url: expect.stringContaining(`/api/submissions/${body.reference}/page?token=`),
      status: 'pending',
    })
    const { rows } = await forecourt.sql('select * from pending_submissions where vin = $1', [vin])
    expect(rows).toMatchObject([
      {
        reference: body.reference,
        submission_status: 'pending',
        make: 'Honda',
        trim: 'EX',
        asking_price: '8500.00',
        customer_email: 'ann@customer.example',
        additional_notes: 'One\nowner',
        link_opened_at: null,
      },
    ])
  })

  it.each([
    ['check digit', { vin: '1HGCM82633A004353' }],
    ['vin: is missing', { vin: undefined }],
    ['Make must have at most 100 characters', { make: 'x'.repeat(101) }],
    ['must be 1900 or more', { year: 1850 }],
    ['Mileage must be 1 or more', { mileage: 0 }],
    ['askingPrice', { askingPrice: 0 }],
    ['at most two decimal places', { askingPrice: 99.999 }],
    ['must be an e-mail address', { customerEmail: 'ann' }],
    ['customerPhone is needed', { customerEmail: null }],
    ['customerName', { customerName: '  ' }],
    ['submissionStatus', { submissionStatus: 'approved' }],
    ['additionalNotes', { additionalNotes: 'x'.repeat(5_001) }],
  ])('is refused with a message: %s', async (message, about) => {
    const { body } = await offer(about).expect(400)
    expect(body.errors[0].message).toContain(message)
  })

  it('may have a chassis number, once the customer confirms it', async () => {
    const chassis = { vin: 'BNR32-012345', year: 1991, make: 'Nissan', model: 'Skyline' }
    await offer(chassis).expect(400)
    const { body } = await offer({ ...chassis, confirmVin: true }).expect(201)
    expect(body.warnings).toMatchObject([{ field: 'vin', code: 'vin_unchecked' }])
    expect(body.message).toMatch(/^Please check: /)
  })

  it('of 70,000 bytes is too large', () =>
    offer({ additionalNotes: 'x'.repeat(70_000) }).expect(413))
})

describe('a second offer of a car', () => {
  it('is refused while the first is open, and tells nothing about it', async () => {
    const vin = aVin()
    const { reference, id } = await offerCar(forecourt, { vin })
    const { body } = await offer({ vin, customerName: 'Bob' }).expect(409)
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${reference}|${id}|Ann|customer.example`))
    for (const status of ['rejected', 'withdrawn', 'approved']) {
      await forecourt.sql(
        'update pending_submissions set submission_status = $2 where vin = $1 and ' +
          "submission_status = 'pending'",
        [vin, status],
      )
      await offer({ vin, customerName: 'Bob' }).expect(201)
    }
  })

  it('is one of fifty at the same time that loses: one row', async () => {
    const vin = aVin()
    const answers = await Promise.all(Array.from({ length: 50 }, () => offer({ vin })))
    const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other)
    expect(statuses).toEqual([201, ...Array.from({ length: 49 }, () => 409)])
    expect(await count(vin)).toBe(1)
  })
})

describe('an offer with an Idempotency-Key', () => {
  it('is stored once, and its answer is repeated to the same address alone', async () => {
    const [key, sent] = [randomUUID(), { vin: aVin() }]
    const repeat = (address: string, about = sent) =>
      offer(about, address).set('Idempotency-Key', key)
    const first = await repeat('10.1.0.1').expect(201)
    const second = await repeat('10.1.0.1').expect(201)
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotent-replayed']).toBe('true')
    await repeat('10.1.0.2').expect(409)
    await repeat('10.1.0.1', { vin: aVin() }).expect(422)
    expect(await count(sent.vin)).toBe(1)
    const { rows } = await forecourt.sql(
      "select 1 from outgoing_mails where about = 'submission_received' and text like $1",
      [`%${first.body.reference}%`],
    )
    expect(rows).toHaveLength(1)
  })

  it('is repeated to a subscriber of IPv6 from another address of theirs', async () => {
    const [key, sent] = [randomUUID(), { vin: aVin() }]
    await offer(sent, '2001:db8::1').set('Idempotency-Key', key).expect(201)
    const { headers } = await offer(sent, '2001:db8::2').set('Idempotency-Key', key).expect(201)
    expect(headers['idempotent-replayed']).toBe('true')
  })
})

it('a mailbox gets the mails of ten offers a day, however its address is written', async () => {
  const send = (customerEmail: string) => offer({ customerEmail })
  for (let sent = 0; sent < 10; sent++) await send('full@customer.example').expect(201)
  const { headers, body } = await send(' Full@Customer.example').expect(429)
  expect(Number(headers['retry-after'])).toBeGreaterThan(80_000)
  expect(body.errors[0].message).toContain('with this e-mail address')
  await send('empty@customer.example').expect(201)
})

it('an address offers 60 cars an hour, and is then told when it may again', async () => {
  const refused = () => offer({ year: 1 }, '10.2.0.1')
  for (let sent = 0; sent < 60; sent++) await refused().expect(400)
  const { headers, body } = await refused().expect(429)
  expect(Number(headers['retry-after'])).toBeGreaterThan(3_000)
  expect(body.errors[0].message).toContain('Too many cars were offered')
})
