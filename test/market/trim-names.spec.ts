import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

const PATH = '/api/market-trim-names'
const ROW = { make: 'Ford', model: 'F-150', listedAs: 'XLT Chrome', trim: 'XLT' }

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

describe('the table of trim names', () => {
  it('has one row for a name, however it is written', async () => {
    const { body } = await admin.post(PATH).send(ROW).expect(201)
    const again = { ...ROW, make: 'FORD', model: 'f150', listedAs: 'XLT-chrome', trim: 'Lariat' }
    const refused = await admin.post(PATH).send(again).expect(400)
    expect(JSON.stringify(refused.body)).toContain('XLT Chrome is XLT')
    await admin
      .post(PATH)
      .send({ ...again, model: null })
      .expect(201)
    await admin
      .post(PATH)
      .send({ ...again, model: 'Edge' })
      .expect(201)
    await admin.patch(`${PATH}/${body.doc.id}`).send({ trim: 'XLT Premium' }).expect(200)
    const other = await admin
      .post(PATH)
      .send({ ...ROW, listedAs: 'XLT Black' })
      .expect(201)
    await admin.patch(`${PATH}/${other.body.doc.id}`).send({ listedAs: 'xlt chrome' }).expect(400)
  })

  it.each(['make', 'listedAs', 'trim'])(
    'has no row whose %s is nothing but signs',
    async (name) => {
      const { body } = await admin
        .post(PATH)
        .send({ ...ROW, listedAs: `Signs ${name}`, [name]: '\u2b50' })
        .expect(400)
      expect(JSON.stringify(body)).toContain('must contain a letter or a digit')
    },
  )
})
