import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { withCheckDigit } from '../../src/domain/vin.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  for (const car of CARS) await saveCar(forecourt.payload, car as Partial<Inventory>)
})
afterAll(() => forecourt.close())

const civic = {
  make: 'Honda',
  model: 'Civic',
  trim: 'EX',
  year: 2020,
  price: 18_000,
  mileage: 40_000,
  bodyStyle: 'Sedan',
  exteriorColor: 'Blue',
  drivetrain: 'FWD',
  fuelType: 'Gasoline',
  features: ['Sunroof', 'Heated seats'],
}
const CARS = [
  { ...civic, stockNumber: 'A-100' },
  { ...civic, trim: 'LX', year: 2018, price: 14_000, mileage: 70_000, exteriorColor: 'BLUE' },
  { ...civic, model: 'CR-V', bodyStyle: 'SUV', price: 26_000, drivetrain: 'AWD', features: null },
  {
    ...civic,
    vin: withCheckDigit('1HGCV1F30MA123456'),
    make: 'Acura',
    model: 'MDX',
    bodyStyle: 'SUV',
    price: 31_000,
    features: ['sunroof'],
  },
  { ...civic, make: 'Ford', model: 'F-150', trim: 'Lariat', bodyStyle: 'Pickup', price: 41_000 },
  { ...civic, price: 99_000, status: 'hold' },
]

const PUNCTUATED = { ...civic, make: 'CITROËN', model: 'C4', trim: 'Long/Navi (Shine)' }

type Result = {
  docs: Inventory[]
  totalDocs: number
  corrected: { word: string; to: string }[]
}
const search = async (query: string, api = forecourt.anonymous): Promise<Result> =>
  (await api.get(`/api/inventory/search?${query}`).expect(200)).body
const findModels = async (query: string) =>
  (await search(query)).docs.map(({ model, trim }) => `${model} ${trim}`).sort()
const refuse = async (query: string): Promise<string> =>
  (await forecourt.anonymous.get(`/api/inventory/search?${query}`).expect(400)).body.errors[0]
    .message

describe('GET /api/inventory/search', () => {
  it.each([
    ['make=honda', ['CR-V EX', 'Civic EX', 'Civic LX']],
    ['make=Honda&make=ACURA&body=suv', ['CR-V EX', 'MDX EX']],
    ['model=Civic&yearFrom=2019', ['Civic EX']],
    ['model=Civic&yearTo=2019', ['Civic LX']],
    ['priceFrom=14000&priceTo=18000', ['Civic EX', 'Civic LX']],
    ['milesFrom=50000', ['Civic LX']],
    ['milesTo=40000&drivetrain=awd', ['CR-V EX']],
    ['color=blue&model=civic', ['Civic EX', 'Civic LX']],
    ['features=SUNROOF', ['Civic EX', 'Civic LX', 'F-150 Lariat', 'MDX EX']],
    ['features=Sunroof&features=heated+seats&make=Honda', ['Civic EX', 'Civic LX']],
    ['fuel=Gasoline&make=&q=&color=blue&body=Pickup', ['F-150 Lariat']],
    ['make=Tesla', []],
  ])('with %s finds %j', async (query, models) => {
    expect(await findModels(query)).toEqual(models)
  })

  it.each([
    ['honda civic', ['Civic EX', 'Civic LX']],
    ['hoda civc', ['Civic EX', 'Civic LX']],
    ['HON CIV', ['Civic EX', 'Civic LX']],
    ['crv', ['CR-V EX']],
    ['cr-v', ['CR-V EX']],
    ['f150', ['F-150 Lariat']],
    ['blue pickup', ['F-150 Lariat']],
    ['2018', ['Civic LX']],
    ['a-100', ['Civic EX']],
    ['civic lx', ['Civic LX']],
    ['zzzzqqqq', []],
  ])('for %j finds %j', async (text, models) => {
    expect(await findModels(`q=${encodeURIComponent(text)}`)).toEqual(models)
  })

  it('finds a car by its VIN, and by the end of it', async () => {
    const [car] = (await search('make=Acura')).docs
    for (const text of [car?.vin, car?.vin.slice(-8), car?.vin.slice(-6).toLowerCase()])
      expect((await search(`q=${text}`)).docs.map(({ vin }) => vin)).toEqual([car?.vin])
  })

  it('finds words after any punctuation, and of any language, without correcting them', async () => {
    const { id } = await saveCar(forecourt.payload, { ...PUNCTUATED, stockNumber: 'B&77' })
    for (const q of ['navi', 'shine', 'citroën', 'Citroe\u0308n', 'long/navi', 'b&77']) {
      const { docs, corrected } = await search(`q=${encodeURIComponent(q)}`)
      expect([q, docs.map((car) => car.id), corrected]).toEqual([q, [id], []])
    }
    await forecourt.sql('delete from inventory where id = $1', [id])
  })

  it('says which words it corrected', async () => {
    const { corrected } = await search('q=hoda+civc+ex')
    expect(corrected).toEqual([
      { word: 'hoda', to: 'honda' },
      { word: 'civc', to: 'civic' },
    ])
    expect((await search('q=honda')).corrected).toEqual([])
  })

  it('puts cars with the whole word first', async () => {
    await saveCar(forecourt.payload, { ...civic, model: 'Civic', trim: 'EXL' })
    const { docs } = await search('q=civic+ex')
    expect(docs.map(({ trim }) => trim)).toEqual(['EX', 'EXL'])
    await forecourt.sql(`delete from inventory where "trim" = 'EXL'`)
  })

  it('sorts and pages', async () => {
    const page = await search('sort=-price&limit=2&page=2')
    expect(page).toMatchObject({
      totalDocs: 5,
      page: 2,
      totalPages: 3,
      hasPrevPage: true,
      hasNextPage: true,
    })
    expect(page.docs.map(({ price }) => price)).toEqual([26_000, 18_000])
    expect((await search('page=9')).docs).toEqual([])
    expect((await search('sort=price')).docs.map(({ price }) => price)[0]).toBe(14_000)
  })

  it('shows each car as the list of the inventory does, whoever asks', async () => {
    const list = await forecourt.anonymous.get('/api/inventory?where[make][equals]=Acura')
    const { docs } = await search('make=Acura')
    expect(docs).toEqual(list.body.docs)
    expect((await search('make=Acura', manager)).docs).toEqual(docs)
    expect((await search('priceFrom=99000', manager)).totalDocs).toBe(0)
  })

  it('is kept until a car changes', async () => {
    const [car] = (await search('make=Ford')).docs
    const answer = await forecourt.anonymous.get('/api/inventory/search?make=Ford')
    const tag = String(answer.headers['etag'])
    const ask = () =>
      forecourt.anonymous.get('/api/inventory/search?make=Ford').set('if-none-match', tag)
    await ask().expect(304)
    await manager.patch(`/api/inventory/${car?.id}`).send({ price: 42_000 }).expect(200)
    expect((await ask().expect(200)).body.docs[0].price).toBe(42_000)
  })
})

describe('a search that makes no sense', () => {
  it.each([
    ['paint=red', 'paint'],
    ['where[make][equals]=Honda', 'Allowed parameters: make, model, body'],
    ['yearFrom=2020&yearTo=2010', 'yearFrom (2020) is above yearTo (2010)'],
    ['priceTo=cheap', 'priceTo'],
    ['limit=51', 'limit'],
    ['page=0', 'page'],
    ['sort=cost', 'sort'],
    ['q=a+b+c+d+e+f+g+h+i+j+k', 'more than 10 words'],
    [`q=${'x'.repeat(101)}`, 'q in the URL'],
    ['make[]=Honda', 'must be written without brackets: make=a&make=b.'],
    ['q=a%00b', 'q in the URL'],
    ['yearFrom=2020&yearFrom=2021', 'single value'],
    [
      Array.from({ length: 21 }, (_, i) => `make=${i}`).join('&'),
      'make in the URL is not valid: must have at most 20 entries',
    ],
    ['features=a%0Ab', 'must be one line'],
  ])('%s is refused with %j', async (query, message) => {
    expect(await refuse(query)).toContain(message)
  })

  it.each([
    '%',
    '%%%%',
    '_',
    '\\',
    "' or 1=1 --",
    '🚗',
    '((((',
    'a%b_c',
    '\u202e',
    'é́́́',
    'x'.repeat(100),
    "'; drop table inventory; --",
    '$x',
    '\ufffe',
  ])('q=%j is answered, and finds no car that has nothing of it', async (text) => {
    const { status, body } = await forecourt.anonymous
      .get('/api/inventory/search')
      .query({ q: text })
    expect([200, 400]).toContain(status)
    if (status === 200) expect(body.totalDocs).toBeLessThan(5)
  })
})
