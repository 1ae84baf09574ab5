import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import type { Engine } from '../../jobs/engine/engine.ts'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { findAdfProblems } from '../support/validate-adf.ts'
import { runJob, startEngine } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api
let car: Inventory
beforeAll(async () => {
  forecourt = await openForecourt({ TRUSTED_PROXIES: '1' })
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
  car = await saveCar(forecourt.payload, { trim: 'EX', stockNumber: 'A&1' })
  await setLeadsEmail('leads@crm.example')
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

const setLeadsEmail = (address: string | null) =>
  forecourt.sql(`update dealership set leads_email = $1, name = 'JP Auto'`, [address])
/** Asks about the car as a person of their own, from an address of their own unless it is given. */
const enquire = (about: object = {}, address = chooseAddress()) =>
  supertest(forecourt.app)
    .post(`/api/inventory/${car.id}/enquiries`)
    .set('X-Forwarded-For', address)
    .send({
      name: 'Ann Buyer',
      email: `${randomUUID()}@customer.example`,
      message: 'Is it still there?',
      ...about,
    })
const chooseAddress = () => `10.${[250, 250, 250].map((max) => randomInt(max)).join('.')}`
const loadLeads = async () =>
  (await forecourt.sql(`select * from outgoing_mails where about = 'lead' order by created_at`))
    .rows
const loadEnquiries = async () =>
  (await forecourt.sql('select * from enquiries order by created_at')).rows

describe('an enquiry about a car', () => {
  it('is stored, and mailed to the CRM as ADF', async () => {
    const email = 'ann@customer.example'
    const message = 'Line one\nLine two <b> ]]> 😀'
    const { body } = await enquire({ email, phone: '(408) 555-0100', message }).expect(201)
    expect(body).toEqual({ message: 'Thank you. We will answer you soon.' })
    expect((await loadEnquiries()).at(-1)).toMatchObject({
      inventory_id: car.id,
      car_title: '2021 Honda Accord EX',
      name: 'Ann Buyer',
      email,
      phone: '(408) 555-0100',
      message,
      status: 'new',
    })
    const lead = (await loadLeads()).at(-1)
    expect(lead).toMatchObject({
      recipient: 'leads@crm.example',
      reply_to: email,
      subject: 'Enquiry: 2021 Honda Accord (stock A&1)',
      html: null,
    })
    const xml = String(lead?.['text'])
    expect(findAdfProblems(xml)).toBe('')
    expect(xml).toContain('<?adf version="1.0"?>')
    expect(xml).toContain('<vehicle interest="buy" status="used">')
    expect(xml).toContain('<stock>A&amp;1</stock>')
    expect(xml).toContain(`<vin>${car.vin}</vin>`)
    expect(xml).toContain('<email>ann@customer.example</email>')
    expect(xml).toContain('<vendorname>JP Auto</vendorname>')
    expect(xml).toContain('😀')
  })

  it('sends the customer nothing', async () => {
    const { rows } = await forecourt.sql(
      `select 1 from outgoing_mails where recipient like '%customer.example'`,
    )
    expect(rows).toEqual([])
  })

  it('is mailed to nobody without an address for leads', async () => {
    await setLeadsEmail(null)
    const before = (await loadLeads()).length
    await enquire().expect(201)
    expect(await loadLeads()).toHaveLength(before)
    await setLeadsEmail('leads@crm.example')
  })

  it.each([
    ['or phone is needed', { email: null }],
    ['or phone is needed', { email: '', phone: '' }],
    ['must be an e-mail address', { email: 'ann' }],
    ['must be an e-mail address', { email: 'a@x.example, b@x.example' }],
    ['email', { email: 'ann@x.example\r\nBcc: all@x.example' }],
    ['name', { name: 'Ann\nBcc: all@x.example' }],
    ['phone number', { phone: 'call me' }],
    ['phone number', { email: null, phone: '.......' }],
    ['phone number', { email: null, phone: 'x123456' }],
    ['message', { message: '  ' }],
    ['message', { message: 'x'.repeat(5_001) }],
    ['name', { name: 'x'.repeat(101) }],
    ['status', { status: 'closed' }],
  ])('is refused with a message: %s', async (message, about) => {
    const before = (await loadEnquiries()).length
    const { body } = await enquire(about).expect(400)
    expect(body.errors[0].message).toContain(message)
    expect(await loadEnquiries()).toHaveLength(before)
  })

  it('with hostile texts is valid ADF in one mail', async () => {
    const names = [`"><script>`, ']]>', '&amp;', `O'Brien`, '=1+1', '<?xml?>']
    for (const name of names) await enquire({ name, message: `${name} <!-- -->` }).expect(201)
    const leads = (await loadLeads()).slice(-names.length)
    for (const { text } of leads) expect(findAdfProblems(String(text))).toBe('')
  })

  it('is about a car on show alone', async () => {
    const { id } = await saveCar(forecourt.payload, { status: 'sold' })
    const body = { name: 'Ann', email: 'ann@x.example', message: 'Hello' }
    await forecourt.anonymous.post(`/api/inventory/${id}/enquiries`).send(body).expect(404)
    await manager.post(`/api/inventory/${id}/enquiries`).send(body).expect(404)
  })

  it('is stored once when it is repeated with its key', async () => {
    const [key, email] = [randomUUID(), `${randomUUID()}@customer.example`]
    for (let i = 0; i < 2; i++)
      await enquire({ email }, '10.9.9.9').set('Idempotency-Key', key).expect(201)
    expect((await loadEnquiries()).filter((row) => row['email'] === email)).toHaveLength(1)
  })

  it('is limited for each address, and for each person from many addresses', async () => {
    const statuses = new Set<number>()
    for (let i = 0; i < 31; i++) statuses.add((await enquire({}, '10.8.8.8')).status)
    expect([...statuses]).toEqual([201, 429])
    for (let i = 0; i < 20; i++) await enquire({ email: 'one@customer.example' }).expect(201)
    const { headers } = await enquire({ email: 'ONE@customer.example' }).expect(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })

  it('keeps the title of a car that is deleted', async () => {
    const { id } = await saveCar(forecourt.payload)
    const body = { name: 'Bob', phone: '408 555 0199', message: 'Hello' }
    await manager.post(`/api/inventory/${id}/enquiries`).send(body).expect(201)
    const admin = await forecourt.as('admin')
    await admin.delete(`/api/inventory/${id}`).expect(200)
    expect((await loadEnquiries()).at(-1)).toMatchObject({
      inventory_id: null,
      car_title: '2021 Honda Accord',
    })
  })

  it('is a row that staff see and managers move, and of the car', async () => {
    const viewer = await forecourt.as('viewer')
    const { body } = await viewer.get('/api/enquiries?limit=1').expect(200)
    const [{ id }] = body.docs
    await viewer.patch(`/api/enquiries/${id}`).send({ status: 'answered' }).expect(403)
    const { body: changed } = await manager
      .patch(`/api/enquiries/${id}`)
      .send({ status: 'answered', message: 'Other words' })
      .expect(200)
    expect(changed.doc.status).toBe('answered')
    expect(changed.doc.message).not.toBe('Other words')
    await forecourt.anonymous.get('/api/enquiries').expect(403)
  })

  it('loses who asked, and what they wrote, a year after its last change', async () => {
    await forecourt.ownerSql('alter table enquiries disable trigger user')
    await forecourt.sql(`update enquiries set updated_at = now() - interval '364 days'`)
    const oldest = (await loadEnquiries())[0]?.['id']
    await forecourt.sql(
      `update enquiries set updated_at = now() - interval '366 days' where id = $1`,
      [oldest],
    )
    await runJob(engine, forecourt, 'prune-submissions')
    const rows = await loadEnquiries()
    expect(rows.filter(({ name }) => name === null).map(({ id }) => id)).toEqual([oldest])
    expect(rows[0]).toMatchObject({ email: null, phone: null, message: null })
    expect(rows[0]?.['car_title']).toBeTruthy()
  })
})

describe('a submission as ADF', () => {
  const offer = {
    vin: '1HGCM82633A004352',
    year: 2003,
    make: 'Honda',
    model: 'Accord',
    mileage: 61_000,
    askingPrice: 8_500,
    condition: 'Good',
    exteriorColor: 'Blue',
    customerName: 'Ann & Bob',
    customerPhone: '408 555 0100',
    additionalNotes: 'One <owner>',
  }

  it('is mailed to the CRM when it is sent, and can be fetched by managers', async () => {
    const { body } = await forecourt.anonymous.post('/api/submissions').send(offer).expect(201)
    const lead = (await loadLeads()).at(-1)
    const xml = String(lead?.['text'])
    expect(lead).toMatchObject({ subject: 'Offer: 2003 Honda Accord', reply_to: null })
    expect(findAdfProblems(xml)).toBe('')
    expect(xml).toContain('<vehicle interest="sell" status="used">')
    expect(xml).toContain('<price type="asking" currency="USD">8500.00</price>')
    expect(xml).toContain('Ann &amp; Bob')
    const { rows } = await forecourt.sql(
      'select id from pending_submissions where reference = $1',
      [body.reference],
    )
    const path = `/api/pending-submissions/${rows[0]?.id}/adf`
    const fetched = await manager.get(path).buffer(true).parse(readText).expect(200)
    expect(fetched.headers).toMatchObject({
      'content-type': 'application/x-adf+xml',
      'cache-control': 'no-store',
    })
    expect(fetched.body).toBe(xml)
    await (await forecourt.as('viewer')).get(path).expect(403)
  })
})

/** Reads the body as text, whatever its type. */
function readText(
  response: supertest.Response,
  done: (error: Error | null, text: string) => void,
): void {
  const chunks: Buffer[] = []
  const stream = response as unknown as NodeJS.ReadableStream
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('end', () => done(null, Buffer.concat(chunks).toString()))
}
