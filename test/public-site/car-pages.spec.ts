import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { saveCar } from '../support/builders.ts'
import { findProgram } from '../support/find-program.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

const XMLLINT = '/usr/bin/xmllint'
const hasXmllint = findProgram({
  file: XMLLINT,
  debianPackage: 'libxml2-utils',
  untested: 'Whether the sitemap is well-formed is',
})

let forecourt: TestForecourt
let manager: Api
let dealership: string
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  const { rows } = await forecourt.sql('select id from dealership')
  dealership = String(rows[0]?.id)
})
afterAll(() => forecourt.close())
beforeEach(() => forecourt.sql('delete from inventory'))

const enterFacts = (facts: object) =>
  manager.patch(`/api/dealership/${dealership}`).send(facts).expect(200)
const save = (about: Partial<Inventory> = {}) => saveCar(forecourt.payload, about)
const get = (path: string, api = forecourt.anonymous) => api.get(`/api/inventory/${path}`)

describe('GET /api/inventory/:id/json-ld', () => {
  it('describes the car, its offer and the dealership for search engines', async () => {
    await enterFacts({
      name: 'JP Auto',
      city: 'San Jose',
      carUrlTemplate: 'https://cars.example/v/{slug}',
    })
    const car = await save({
      trim: 'EX',
      drivetrain: 'AWD',
      images: ['https://pictures.example/1.jpg', '/media/2.jpg'],
    })
    const { body, headers } = await get(`${car.id}/json-ld`).expect(200)
    expect(headers['content-type']).toBe('application/ld+json')
    const origin = forecourt.payload.config.serverURL
    expect(body).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Car',
      name: '2021 Honda Accord EX',
      url: `https://cars.example/v/${car.slug}`,
      image: ['https://pictures.example/1.jpg', `${origin}/media/2.jpg`],
      vehicleIdentificationNumber: car.vin,
      mileageFromOdometer: { value: 31_200, unitCode: 'SMI' },
      itemCondition: 'https://schema.org/UsedCondition',
      driveWheelConfiguration: 'https://schema.org/AllWheelDriveConfiguration',
      offers: {
        '@type': 'Offer',
        price: '24500.00',
        priceCurrency: 'USD',
        availability: 'https://schema.org/InStock',
        seller: {
          '@type': 'AutoDealer',
          name: 'JP Auto',
          address: { addressLocality: 'San Jose' },
        },
      },
    })
    expect(JSON.stringify(body)).not.toMatch(/null|cost/)
  })

  it('cannot end the script that it stands in, and is the same text when it is parsed', async () => {
    const description = '</script><!-- <b>&amp; \u2028'
    const { id } = await save({ description })
    const { text } = await get(`${id}/json-ld`).expect(200)
    expect(text).not.toMatch(/[<>&\u2028]/)
    expect(JSON.parse(text).description).toBe(description)
  })

  it('changes with the dealership', async () => {
    const { id } = await save()
    await get(`${id}/json-ld`).expect(200)
    await enterFacts({ name: 'Another name' })
    expect((await get(`${id}/json-ld`)).body.offers.seller.name).toBe('Another name')
  })

  it('is there for cars on show alone, whoever asks', async () => {
    const { id } = await save({ status: 'hold' })
    for (const part of ['json-ld', 'payment', 'similar']) {
      await get(`${id}/${part}`).expect(404)
      await get(`${id}/${part}`, manager).expect(404)
    }
  })
})

describe('GET /api/sitemap.xml', () => {
  it('is not there without the address of a car’s page, and says what to enter', async () => {
    await enterFacts({ carUrlTemplate: null })
    const { body } = await forecourt.anonymous.get('/api/sitemap.xml').expect(404)
    expect(body.errors[0].message).toContain('under Dealership')
  })

  it('has the page of each car on show, its last change and its photos', async () => {
    await enterFacts({ carUrlTemplate: 'https://cars.example/v/{slug}?a=1&b=2' })
    const images = ['https://pictures.example/1.jpg?a=1&b=<2>']
    const { slug, updatedAt } = await save({ images })
    const { slug: sold } = await save({ status: 'sold' })
    const { text, headers } = await forecourt.anonymous.get('/api/sitemap.xml').expect(200)
    expect(headers).toMatchObject({
      'content-type': 'application/xml',
      'cache-control': 'no-cache',
    })
    expect(text).toContain(`<loc>https://cars.example/v/${slug}?a=1&amp;b=2</loc>`)
    expect(text).toContain(`<lastmod>${updatedAt.slice(0, 19)}Z</lastmod>`)
    expect(text).toMatch(/<image:loc>https:\/\/pictures\.example\/1\.jpg\?a=1&amp;b=\S*2\S*</)
    expect(text).not.toContain(sold)
    if (!hasXmllint) return
    const { status, stderr } = spawnSync(XMLLINT, ['--noout', '-'], { input: text })
    expect([status, stderr.toString()]).toEqual([0, ''])
  })
})

describe('GET /api/inventory/:id/payment', () => {
  const askFor = async (id: string, query = '') => get(`${id}/payment?${query}`)
  const settings = {
    salesTaxPercent: 9.375,
    documentFee: 85,
    registrationFee: 350,
    interestPercent: 6,
    loanMonths: 60,
    downPaymentPercent: 10,
  }

  it('names the settings that are missing', async () => {
    const { id } = await save()
    const { status, body } = await askFor(id, 'rate=5')
    expect(status).toBe(409)
    expect(body.errors[0].message).toMatch(/Document fee, Title and registration, Sales tax/)
    expect(body.errors[0].message).not.toContain('Interest')
  })

  it('comes from the settings of the dealership', async () => {
    await enterFacts(settings)
    const { id } = await save({ price: 20_000 })
    expect((await askFor(id)).body).toEqual({
      currency: 'USD',
      price: 20_000,
      documentFee: 85,
      registrationFee: 350,
      taxRate: 9.375,
      salesTax: 1_882.97,
      outTheDoor: 22_317.97,
      downPayment: 2_000,
      amountFinanced: 20_317.97,
      months: 60,
      rate: 6,
      monthlyPayment: 392.8,
      lastPayment: expect.any(Number),
      totalInterest: expect.any(Number),
    })
  })

  it('may be of another loan, and of another state', async () => {
    await enterFacts(settings)
    const { id } = await save({ price: 20_000 })
    const { body } = await askFor(id, 'downPayment=5000&months=36&rate=0&taxRate=0')
    expect(body).toMatchObject({ salesTax: 0, amountFinanced: 15_435, monthlyPayment: 428.75 })
    expect(body).toMatchObject({ totalInterest: 0, lastPayment: 428.75 })
  })

  it.each([
    'months=0',
    'months=121',
    'rate=101',
    'downPayment=-1',
    'taxRate=x',
    'downPayment=99999',
  ])('with %s is refused, and says why', async (query) => {
    await enterFacts(settings)
    const { id } = await save({ price: 20_000 })
    const { status, body } = await askFor(id, query)
    expect([status, body.errors[0].message]).toEqual([
      400,
      expect.stringContaining(`${query.split('=')[0]} in the URL is not valid`),
    ])
  })
})

describe('GET /api/inventory/:id/similar', () => {
  it('has cars of the same body style near the price, the same model first', async () => {
    const suv = { make: 'Honda', model: 'CR-V', bodyStyle: 'SUV', price: 20_000 }
    const { id } = await save(suv)
    const others = [
      { ...suv, price: 25_000, trim: 'same model' },
      { ...suv, model: 'Pilot', price: 15_000, bodyStyle: 'suv', trim: 'other model' },
      { ...suv, price: 30_000, trim: 'too expensive' },
      { ...suv, bodyStyle: 'Sedan', trim: 'other body' },
      { ...suv, status: 'sold' as const, trim: 'sold' },
    ]
    for (const other of others) await save(other)
    const trims = async (query = '') =>
      (await get(`${id}/similar${query}`).expect(200)).body.docs.map(({ trim }: Inventory) => trim)
    expect(await trims()).toEqual(['same model', 'other model'])
    expect(await trims('?limit=1')).toEqual(['same model'])
  })
})

describe('GET /api/inventory/recently-sold', () => {
  it('has what was sold in the last 30 days, without what identifies it', async () => {
    const images = ['https://pictures.example/1.jpg']
    const { id } = await save({ status: 'sold', trim: 'EX', images })
    const { id: old } = await save({ status: 'sold' })
    await save()
    await forecourt.sql(`update inventory set sold_at = now() - interval '31 days' where id = $1`, [
      old,
    ])
    const { rows } = await forecourt.sql(
      `select to_char(sold_at at time zone $2, 'YYYY-MM-DD') as day from inventory where id = $1`,
      [id, forecourt.settings.SCHEDULE_TIME_ZONE],
    )
    const { body } = await get('recently-sold').expect(200)
    expect(body.docs).toEqual([
      {
        year: 2021,
        make: 'Honda',
        model: 'Accord',
        trim: 'EX',
        photo: images[0],
        soldOn: rows[0]?.day,
      },
    ])
  })
})
