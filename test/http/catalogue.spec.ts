import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

const engine = (about: object) => admin.post('/api/engines').send(about)

describe('an engine', () => {
  it('is numbered by the database, whatever number is asked for', async () => {
    const first = await engine({ id: 900, name: '1.8L I4' }).expect(201)
    const second = await engine({ name: '2.0L I4' }).expect(201)
    expect(first.body.doc.id).toBeLessThan(900)
    expect(second.body.doc.id).toBe(first.body.doc.id + 1)
  })

  it('is refused when another has its name, whatever the case, and hears which', async () => {
    const { body: first } = await engine({ name: '2.5L I4 DOHC' }).expect(201)
    const { body } = await engine({ name: '2.5l i4 dohc' }).expect(400)
    expect(body.errors[0].message).toBe(
      `Name is already used by engine ${first.doc.id}, "2.5L I4 DOHC". Edit that one instead`,
    )
    const { body: other } = await engine({ name: '3.5L V6' }).expect(201)
    await admin.patch(`/api/engines/${other.doc.id}`).send({ name: '2.5L I4 dohc' }).expect(400)
    await admin.patch(`/api/engines/${first.doc.id}`).send({ name: '2.5L I4 Dohc' }).expect(200)
  })

  it('is there once when ten make it at the same moment, and each of the others hears of it', async () => {
    const spellings = Array.from({ length: 10 }, (_, at) =>
      at % 2 ? 'ÖTTO 1.4 tsi' : 'ötto 1.4 TSI',
    )
    const answers = await Promise.all(spellings.map((name) => engine({ name })))
    const refused = answers.filter(({ status }) => status === 400)
    expect(refused).toHaveLength(9)
    for (const { body } of refused)
      expect(body.errors[0].message).toMatch(/^Name is already used by engine \d+/)
  })

  it('is read by everybody and changed by admins alone, of the staff or of the garage', async () => {
    const { body } = await engine({ name: 'Rotary 13B', specsJson: { rotors: 2 } }).expect(201)
    const at = `/api/engines/${body.doc.id}`
    expect((await forecourt.anonymous.get(at).expect(200)).body).toMatchObject({
      name: 'Rotary 13B',
      specsJson: { rotors: 2 },
    })
    const owner = await forecourt.asOwner()
    for (const api of [forecourt.anonymous, owner.api, await forecourt.as('manager')]) {
      await api.post('/api/engines').send({ name: 'Another' }).expect(403)
      await api.patch(at).send({ torque: '1' }).expect(403)
      await api.delete(at).expect(403)
    }
    const garage = await forecourt.asOwner('garage admin')
    await garage.api.patch(at).send({ torque: '157 lb-ft' }).expect(200)
    await garage.api.delete(at).expect(200)
  })

  it('keeps what else is known of it as an object', async () => {
    const { body } = await engine({ name: 'V10', specsJson: ['a list'] }).expect(400)
    expect(body.errors[0].message).toBe('More details must be a JSON object')
  })
})

describe('a transmission', () => {
  it('is refused when another has its type, whatever the case', async () => {
    const { body: first } = await admin.post('/api/transmissions').send({ type: 'CVT' }).expect(201)
    const { body } = await admin.post('/api/transmissions').send({ type: 'cvt' }).expect(400)
    expect(body.errors[0].message).toBe(
      `Type is already used by transmission ${first.doc.id}, "CVT". Edit that one instead`,
    )
  })
})

describe('a vehicle option', () => {
  const parts = async (name: string) => {
    const { body: made } = await engine({ name: `Engine of ${name}` }).expect(201)
    const { body: shifted } = await admin
      .post('/api/transmissions')
      .send({ type: `Type of ${name}` })
      .expect(201)
    return { engine: made.doc.id as number, transmission: shifted.doc.id as number }
  }
  const option = (about: object) =>
    admin
      .post('/api/vehicle-options')
      .send({ year: 2021, make: 'Honda', model: 'Accord', ...about })

  it('is named by its year, make, model and trim, and by nobody', async () => {
    const { body } = await option({ trim: 'EX-L', title: 'Mine' }).expect(201)
    expect(body.doc.title).toBe('2021 Honda Accord EX-L')
    const changed = await admin
      .patch(`/api/vehicle-options/${body.doc.id}`)
      .send({ trim: 'Sport', title: 'Mine' })
      .expect(200)
    expect(changed.body.doc.title).toBe('2021 Honda Accord Sport')
  })

  it('is there once with one engine and one transmission', async () => {
    const both = await parts('Touring')
    const { body: first } = await option({ trim: 'Touring', ...both }).expect(201)
    const { body } = await option({ trim: 'Touring', ...both }).expect(400)
    expect(body.errors[0].message).toBe(
      'Trim is already listed with this engine and this transmission, as vehicle option ' +
        `${first.doc.id}`,
    )
    await option({ trim: 'Touring', ...both, transmission: null }).expect(201)
  })

  it('stays, without its engine and transmission, when they are deleted', async () => {
    const both = await parts('Hybrid')
    const { body } = await option({ trim: 'Hybrid', ...both }).expect(201)
    await admin.delete(`/api/engines/${both.engine}`).expect(200)
    await admin.delete(`/api/transmissions/${both.transmission}`).expect(200)
    const left = await forecourt.anonymous.get(`/api/vehicle-options/${body.doc.id}`).expect(200)
    expect(left.body).toMatchObject({ trim: 'Hybrid', engine: null, transmission: null })
  })

  it('narrows down step by step: years, makes, models, trims', async () => {
    await option({ year: 2019, make: 'Subaru', model: 'Outback', trim: 'Limited' }).expect(201)
    const where = 'where[year][equals]=2019&where[make][equals]=Subaru&where[model][equals]=Outback'
    const { body } = await forecourt.anonymous.get(`/api/vehicle-options?${where}`).expect(200)
    expect(body.docs).toEqual([expect.objectContaining({ trim: 'Limited' })])
  })

  it.each([
    [{ year: 1899, trim: 'A' }, 'Model year must be 1900 or more, not 1899'],
    [{ year: 'soon', trim: 'A' }, 'Model year must be a number such as 28900 or 11.2, not "soon"'],
    [{ trim: '' }, 'Trim is required'],
  ])('is refused with %j, and the message says why', async (about, message) => {
    const { body } = await option(about).expect(400)
    expect(body.errors[0].message).toBe(message)
  })

  it('is refused with an engine that there is not', async () => {
    const answer = await option({ trim: 'Ghost', engine: 424_242 })
    expect([400, 409]).toContain(answer.status)
    await option({ trim: 'Ghost', engine: 'V8', transmission: 'x' }).expect(400)
  })
})
