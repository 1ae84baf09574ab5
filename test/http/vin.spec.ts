import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { hasRightCheckDigit, withCheckDigit } from '../../src/domain/vin.ts'
import { aCar, anyVin } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

let forecourt: TestForecourt
let manager: Api
let owner: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  owner = (await forecourt.asOwner()).api
})
afterAll(() => forecourt.close())

const create = (about: object) => manager.post('/api/inventory').send({ ...aCar(), ...about })
const refusal = (answer: {
  body: { errors: { data?: { errors: { path: string; message: string }[] } }[] }
}) => answer.body.errors[0]?.data?.errors[0]

const codes = (body: { warnings?: { code: string }[] }) =>
  (body.warnings ?? []).map(({ code }) => code)

/** A VIN of a maker outside North America and China with a wrong check digit. */
function foreignVin(): string {
  const right = withCheckDigit(`JHM${anyVin().slice(3)}`)
  return `${right.slice(0, 8)}${right[8] === '5' ? '6' : '5'}${right.slice(9)}`
}

describe('a VIN', () => {
  it('is kept in one spelling, however it is typed', async () => {
    const vin = anyVin()
    const { body } = await create({
      vin: ` ${vin.slice(0, 5).toLowerCase()}-${vin.slice(5, 11)} ${vin.slice(11)}\t`,
    }).expect(201)
    expect(body.doc.vin).toBe(vin)
    expect(body.warnings).toBeUndefined()
  })

  it('with a wrong check digit is refused with the expected digit and what was meant', async () => {
    const answer = await create({ vin: '1HGCM82643A004352' }).expect(400)
    expect(refusal(answer)).toMatchObject({ path: 'vin' })
    expect(refusal(answer)?.message).toMatch(
      /^VIN 1HGCM82643A004352 has check digit 4, expected 3\..*1HGCM82633A004352/,
    )
  })

  it('of North America or China stays refused when it is confirmed', async () => {
    for (const right of [anyVin(), withCheckDigit('LFV2A21K8D3123456')]) {
      const wrong = `${right.slice(0, 8)}${right[8] === '5' ? '6' : '5'}${right.slice(9)}`
      await create({ vin: wrong, confirmVin: true }).expect(400)
    }
  })

  it(
    'of elsewhere with a wrong digit is refused, and accepted with a warning once it is ' +
      'confirmed',
    async () => {
      const vin = foreignVin()
      expect(hasRightCheckDigit(vin)).toBe(false)
      expect(refusal(await create({ vin }).expect(400))?.message).toContain('confirm it')
      const { body } = await create({ vin, confirmVin: true }).expect(201)
      expect(body.doc.vin).toBe(vin)
      expect(body.warnings).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ field: 'vin', code: 'vin_check_digit_confirmed' }),
        ]),
      )
    },
  )

  it('of Europe with its filler Z is accepted with a warning beside the document, not in a header', async () => {
    const answer = await create({ vin: 'WVWZZZ1JZXW000001', year: 1999 }).expect(201)
    expect(answer.body.warnings).toEqual([
      expect.objectContaining({ field: 'vin', code: 'vin_check_digit_unusual' }),
    ])
    expect(answer.body.message).toContain('Please check')
    expect(answer.headers).not.toHaveProperty('x-forecourt-warnings')
    expect(answer.body.doc).not.toHaveProperty('warnings')
  })

  it('that says another model year is accepted with a warning at the year', async () => {
    const { body } = await create({ year: 2015 }).expect(201)
    expect(body.warnings).toEqual([
      expect.objectContaining({ field: 'year', code: 'vin_other_year' }),
    ])
  })

  it(
    'of before 1981 is a chassis number of five to seventeen characters, with a warning that ' +
      'nobody can check it',
    async () => {
      const { body } = await create({ vin: '5f07c-100001', year: 1965 }).expect(201)
      expect(codes(body)).toEqual(['vin_unchecked'])
      await create({ vin: 'OIQ12', year: 1980 }).expect(201)
      await create({ vin: '1234', year: 1965 }).expect(400)
      await create({ vin: '5F07C100002', year: 1981 }).expect(400)
    },
  )

  it('that is repeated or empty names no car', async () => {
    for (const vin of [
      '11111111111111111',
      '',
      '   ',
      null,
      17,
      ['1HGCM82633A004352'],
      { equals: 1 },
    ]) {
      expect(refusal(await create({ vin }).expect(400))?.path).toBe('vin')
    }
  })

  it('is refused over GraphQL with the same words', async () => {
    const car =
      'year: 2003, make: "Honda", model: "Accord", price: 5, mileage: 5, status: available'
    const { errors } = await queryGraphql(
      manager,
      `mutation { createInventory(data: { vin: "1HGCM82643A004352", ${car} }) { id } }`,
    )
    expect(JSON.stringify(errors)).toContain('has check digit 4, expected 3')
  })
})

describe.each(['inventory', 'vehicles', 'pending-submissions'])(
  'the number of a row of %s',
  (collection) => {
    const path = `/api/${collection}`
    const api = () => (collection === 'vehicles' ? owner : manager)
    const row = (about: object) => ({
      ...(collection === 'inventory' ? aCar() : { year: 2019, make: 'Honda', model: 'Jazz' }),
      ...about,
    })
    const add = (about: object) => api().post(path).send(row(about))
    const change = (id: string, about: object) => api().patch(`${path}/${id}`).send(about)

    it('is checked as a VIN whatever the year says, and again when the year changes', async () => {
      const right = anyVin()
      const vin = `${right.slice(0, 8)}${right[8] === '5' ? '6' : '5'}${right.slice(9)}`
      expect(refusal(await add({ vin, year: 1970 }).expect(400))?.message).toContain('confirm it')
      const { body } = await add({ vin, year: 1970, confirmVin: true }).expect(201)
      expect(codes(body)).toEqual(['vin_unchecked'])
      for (const confirmation of [{}, { confirmVin: true }])
        expect(
          refusal(await change(body.doc.id, { year: 2003, ...confirmation }).expect(400)),
        ).toMatchObject({ path: 'vin' })
      expect(codes((await change(body.doc.id, { year: 1971 }).expect(200)).body)).toEqual([
        'vin_unchecked',
      ])
      await change(body.doc.id, { vin: right, year: 2021 }).expect(200)
      expect(codes((await change(body.doc.id, { year: 1970 }).expect(200)).body)).toEqual([
        'vin_other_year',
      ])
    })

    it.each(['BNR32-012345', 'GJ7-123456', 'AZE0-123456', 'SE3P116167'])(
      'may be the chassis number %s, once confirmed',
      async (vin) => {
        const plain = vin.replace('-', '')
        expect(refusal(await add({ vin, year: 1990 }).expect(400))?.message).toContain('confirm it')
        const { body } = await add({ vin, year: 1990, confirmVin: true }).expect(201)
        expect([body.doc.vin, codes(body)]).toEqual([plain, ['vin_unchecked']])
        expect(
          (await change(body.doc.id, { make: 'Nissan' }).expect(200)).body.warnings,
        ).toBeUndefined()
        await add({ vin: plain, year: 1990, confirmVin: true }).expect(400)
        await change(body.doc.id, { year: 1979 }).expect(200)
        await change(body.doc.id, { year: 1990 }).expect(400)
        await change(body.doc.id, { year: 1990, confirmVin: true }).expect(200)
      },
    )
  },
)

describe('a VIN in other writing', () => {
  it('is read in full width, and offered out of other text', async () => {
    const vin = anyVin()
    const wide = [...vin]
      .map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
      .join('')
    expect((await create({ vin: wide }).expect(201)).body.doc.vin).toBe(vin)
    for (const text of [
      `I${vin}`,
      `*${vin}*`,
      `VIN: ${wide}`,
      `2021 Honda Accord ${vin} EX`,
      `VIN ${vin.toLowerCase()}`,
    ])
      expect(refusal(await create({ vin: text }).expect(400))?.message).toContain(
        `Did you mean the VIN inside it? ${vin} is valid.`,
      )
    expect(refusal(await create({ vin: 'VIN WVWZZZ3CZEE140287' }).expect(400))?.message).toContain(
      'WVWZZZ3CZEE140287 is valid.',
    )
  })
})

describe('the word of the caller that a VIN is right', () => {
  it('counts over GraphQL', async () => {
    const mutation = (
      more: string,
    ) => `mutation { createInventory(data: { vin: "BNR34-${randomInt(100_000, 999_999)}", year:
      1999, make: "Nissan",
      model: "Skyline", price: 5, mileage: 5, status: available ${more} }) { vin } }`
    expect(JSON.stringify((await queryGraphql(manager, mutation(''))).errors)).toContain(
      'confirm it',
    )
    const { data } = await queryGraphql(manager, mutation(', confirmVin: true'))
    expect(data).toEqual({ createInventory: { vin: expect.stringMatching(/^BNR34\d{6}$/) } })
  })

  it('is never kept, shown or searched', async () => {
    const { body } = await create({ vin: foreignVin(), confirmVin: true }).expect(201)
    expect(body.doc.confirmVin ?? null).toBeNull()
    const read = await manager
      .get(`/api/inventory/${body.doc.id}?select[confirmVin]=true`)
      .expect(200)
    expect(read.body.confirmVin ?? null).toBeNull()
    for (const query of ['where[confirmVin][equals]=true', 'sort=confirmVin'])
      await manager.get(`/api/inventory?${query}`).expect(400)
  })

  it('is needed once: later changes of the same car do without', async () => {
    const { body } = await create({ vin: foreignVin(), confirmVin: true }).expect(201)
    const changed = await manager
      .patch(`/api/inventory/${body.doc.id}`)
      .send({ price: 1_234_567.5 })
      .expect(200)
    expect(changed.body.doc.price).toBe(1_234_567.5)
    expect(changed.body.warnings).toBeUndefined()
    await manager
      .patch(`/api/inventory/${body.doc.id}`)
      .send({ vin: ` ${body.doc.vin.toLowerCase()}`, price: 2 })
      .expect(200)
    await manager.patch(`/api/inventory/${body.doc.id}`).send({ vin: foreignVin() }).expect(400)
  })

  it('counts for one write alone: true, and nothing like true', async () => {
    for (const confirmVin of [1, 'yes', {}, []]) {
      expect((await create({ vin: foreignVin(), confirmVin })).status).toBe(400)
    }
  })

  it('counts in a submission, too', async () => {
    const vin = foreignVin()
    const submit = (more: object) =>
      manager
        .post('/api/pending-submissions')
        .send({ year: 2019, make: 'Honda', model: 'Jazz', vin, ...more })
    await submit({}).expect(400)
    expect((await submit({ confirmVin: true }).expect(201)).body.warnings).not.toEqual([])
  })
})
