import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { anyVin, saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { listenOnLoopback } from '../support/http-listen.ts'
import { aPhoto } from '../support/http-photos.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let admin: Api
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[admin, owner] = await Promise.all([forecourt.as('admin'), forecourt.asOwner()])
})
afterAll(() => forecourt.close())

type Row = Record<string, unknown> & { id: string }

describe('a copy of a car', () => {
  const original = () =>
    saveCar(forecourt.payload, {
      stockNumber: null,
      carfaxUrl: 'https://www.carfax.com/x',
      features: ['Sunroof'],
      description: 'Runs.',
    })
  const copy = async (id: string, body: object = {}) =>
    (await admin.post(`/api/inventory/${id}/duplicate`).send(body).expect(200)).body.doc as Row

  it('has neither its VIN nor its stock number, and is on hold; as many as are wanted', async () => {
    const car = await original()
    for (const made of [await copy(car.id), await copy(car.id)]) {
      expect(made).toMatchObject({
        vin: '',
        stockNumber: null,
        status: 'hold',
        carfaxUrl: null,
        soldAt: null,
        sourceSubmission: null,
      })
      expect(made).toMatchObject({
        make: 'Honda',
        price: 24_500,
        features: ['Sunroof'],
        title: '2021 Honda Accord · no VIN yet',
      })
      expect(made.id).not.toBe(car.id)
      expect(Date.parse(String(made['listedAt']))).toBeGreaterThanOrEqual(
        Date.parse(String(car.listedAt)),
      )
      await forecourt.anonymous.get(`/api/inventory/${made.id}`).expect(404)
    }
  })

  it('is edited as it is, and sold once it has a VIN, which gives it a stock number', async () => {
    const { id } = await copy((await original()).id)
    const change = (data: object) => admin.patch(`/api/inventory/${id}`).send(data)
    expect((await change({ price: 25_000 }).expect(200)).body.doc).toMatchObject({
      vin: '',
      price: 25_000,
    })
    for (const data of [
      { status: 'available' },
      { status: 'sold' },
      { vin: '', status: 'available' },
    ]) {
      const { body } = await change(data).expect(400)
      expect(body.errors[0]).toMatchObject({ code: 'validation_failed', path: 'vin' })
    }
    const vin = anyVin()
    const { doc } = (await change({ vin, status: 'available' }).expect(200)).body
    expect(doc).toMatchObject({ vin, status: 'available', stockNumber: vin.slice(-8) })
    await change({ vin: '' }).expect(400)
  })

  it('may have what it is given instead', async () => {
    const car = await original()
    const vin = anyVin()
    expect(await copy(car.id, { vin, price: 19_000, status: 'available' })).toMatchObject({
      vin,
      price: 19_000,
      status: 'available',
    })
    await admin.post(`/api/inventory/${car.id}/duplicate`).send({ vin: car.vin }).expect(400)
    await admin.post(`/api/inventory/${car.id}/duplicate`).send({ status: 'available' }).expect(400)
  })

  it('is made over GraphQL too, with or without data', async () => {
    const car = await original()
    const { data, errors } = await queryGraphql(
      admin,
      `mutation { duplicateInventory(id: "${car.id}") { id vin stockNumber status } }`,
    )
    expect({ data, errors }).toEqual({
      data: {
        duplicateInventory: { id: expect.any(String), vin: '', stockNumber: null, status: 'hold' },
      },
      errors: undefined,
    })
    const vin = anyVin()
    const given = await queryGraphql(
      admin,
      `mutation { duplicateInventory(id: "${car.id}", data: { vin: "${vin}" }) { vin } }`,
    )
    expect(given.data).toEqual({ duplicateInventory: { vin } })
  })
})

describe('copies of other rows', () => {
  const OFFERED = [
    'vehicles',
    'fuel-logs',
    'maintenance-logs',
    'maintenance-schedules',
    'ownership-costs',
    'documents',
    'stations',
    'inventory',
    'pending-submissions',
    'market-alert-rules',
    'competitors',
    'backup-schedules',
  ]

  it('are offered over REST, GraphQL and in the panel where they can be made, and nowhere else', async () => {
    const { collections } = forecourt.payload.config
    expect(
      collections
        .filter(({ disableDuplicate }) => disableDuplicate !== true)
        .map(({ slug }) => slug),
    ).toEqual(expect.arrayContaining(OFFERED))
    for (const { slug, disableDuplicate, graphQL } of collections) {
      if (slug.startsWith('payload-')) continue
      expect([slug, disableDuplicate !== true]).toEqual([slug, OFFERED.includes(slug)])
      const { status } = await admin
        .post(`/api/${slug}/0192d3c4-0000-7000-8000-000000000000/duplicate`)
        .send({})
      expect([slug, status === 404 || OFFERED.includes(slug)]).toEqual([slug, true])
      expect(graphQL).not.toBe(false)
    }
  })

  it('are made of every row that they are offered for', async () => {
    const vehicle = (
      await saveVehicle(forecourt.payload, owner.subject, { licensePlate: 'ABC 123' })
    ).id
    const bodies: [Api, string, object][] = [
      [
        owner.api,
        'fuel-logs',
        {
          vehicle,
          dateTime: '2026-03-01T10:00:00.000Z',
          fuelUnits: 10,
          costPerUnit: 3.5,
          odometer: 31_000,
        },
      ],
      [owner.api, 'maintenance-logs', { vehicle, category: 'Repair', serviceDate: '2026-02-01' }],
      [
        owner.api,
        'maintenance-schedules',
        { vehicle, category: 'Repair', subtypes: ['Engine'], intervalMonths: 6 },
      ],
      [
        owner.api,
        'ownership-costs',
        { vehicle, kind: 'tax', amount: 90, intervalMonths: 12, startDate: '2026-01-01' },
      ],
      [owner.api, 'documents', { vehicle, title: 'Policy', documentType: 'insurance' }],
      [
        admin,
        'stations',
        { name: 'Corner', googlePlaceId: 'place-1', latitude: 40, longitude: -74 },
      ],
      [admin, 'pending-submissions', { year: 2021, make: 'Honda', model: 'Fit', vin: anyVin() }],
      [
        admin,
        'market-alert-rules',
        { name: 'Dear', alertType: 'overpriced', thresholdPercent: 10, cooldownHours: 24 },
      ],
      [admin, 'competitors', { name: 'Other', inventoryUrl: 'https://other.example/cars' }],
      [
        admin,
        'backup-schedules',
        { name: 'Nightly', frequency: 'daily', cronExpression: '0 3 * * *', retentionCount: 7 },
      ],
    ]
    const rows: [Api, string, string][] = [[owner.api, 'vehicles', vehicle]]
    for (const [api, slug, body] of bodies) {
      const { status, body: answer } = await api.post(`/api/${slug}`).send(body)
      expect([slug, status, answer.errors]).toEqual([slug, 201, undefined])
      rows.push([api, slug, answer.doc.id])
    }
    for (const [api, slug, id] of rows) {
      const { status, body } = await api.post(`/api/${slug}/${id}/duplicate`).send({})
      expect([slug, status, body.errors]).toEqual([slug, 200, undefined])
      expect(body.doc.id).not.toBe(id)
    }
    expect(rows.map(([, slug]) => slug).sort()).toEqual(
      OFFERED.filter((slug) => slug !== 'inventory').sort(),
    )
  })
})

describe('a file of more than 2 GB', () => {
  it('has its exact size over GraphQL, which filters by it', async () => {
    const vehicle = await saveVehicle(forecourt.payload, owner.subject)
    const body = { vehicle: vehicle.id, title: 'Film', documentType: 'manual' }
    const { id } = (await owner.api.post('/api/documents').send(body).expect(201)).body.doc as Row
    for (const size of [3_000_000_000, 2 ** 53 - 1]) {
      await forecourt.sql('update documents set file_size = $1 where id = $2', [size, id])
      const where = `{ fileSize: { greater_than: ${size - 1} } }`
      const { data, errors } = await queryGraphql(
        owner.api,
        `{ Documents(where: ${where}) { docs { id fileSize } } }`,
      )
      expect({ data, errors }).toEqual({
        data: { Documents: { docs: [{ id, fileSize: size }] } },
        errors: undefined,
      })
    }
    const half = await queryGraphql(
      owner.api,
      '{ Documents(where: { fileSize: { equals: 1.5 } }) { totalDocs } }',
    )
    expect(half.errors?.[0]?.message).toContain('BigInt must be a whole number between')
  })
})

describe('an upload by URL', () => {
  it('is never fetched, however it is sent', async () => {
    const fetched: string[] = []
    const canary = await listenOnLoopback((req, res) => {
      fetched.push(String(req.url))
      res.end()
    })
    const url = `http://127.0.0.1:${canary.port}/x.jpg`
    const uploads = forecourt.payload.config.collections.filter(({ upload }) => Boolean(upload))
    expect(uploads.map(({ slug }) => slug)).toEqual(['media'])
    const photo = await aPhoto(admin)
    for (const { slug, upload } of uploads) {
      expect(upload.pasteURL).toBe(false)
      const data = { url, filename: 'x.jpg', alt: 'x', externalSource: url, source: url }
      const made = await admin.post(`/api/${slug}`).send(data).expect(400)
      expect(made.body.errors[0].message).toBe('No files were uploaded.')
      await admin.post(`/api/${slug}`).field('_payload', JSON.stringify(data)).expect(400)
      await admin.get(`/api/${slug}/paste-url?src=${encodeURIComponent(url)}`).expect(404)
      await admin
        .get(`/api/${slug}/paste-url/${photo.id}?src=${encodeURIComponent(url)}`)
        .expect(404)
      await admin.post(`/api/${slug}/${photo.id}/duplicate`).send(data).expect(404)
      const changed = await admin.patch(`/api/${slug}/${photo.id}`).send(data)
      expect([200, 400]).toContain(changed.status)
      await admin.patch(`/api/${slug}?where[id][equals]=${photo.id}`).send(data)
      const { body } = await admin.get(`/api/${slug}/${photo.id}`).expect(200)
      expect(body).toMatchObject({ url: photo.url, filename: photo.filename })
    }
    await queryGraphql(
      admin,
      `mutation { createMedia(data: { url: "${url}", filename: "x.jpg" }) { id } }`,
    )
    await queryGraphql(
      admin,
      `mutation { updateMedia(id: "${photo.id}", data: { url: "${url}", filename: "x.jpg" }) ` +
        '{ id } }',
    )
    expect(fetched).toEqual([])
    await canary.close()
  })
})
