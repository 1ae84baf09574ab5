import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { pruneWhere } from '../../src/admin/lot/prune-where.ts'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())
beforeEach(() => forecourt.sql('delete from inventory; delete from price_batches'))

type Row = { id: string; oldPrice: number; newPrice: number }

const preview = (body: object) => manager.post('/api/inventory/price-batches/preview').send(body)
const apply = (body: object) => manager.post('/api/inventory/price-batches').send(body)
const undo = (id: string) => manager.post(`/api/inventory/price-batches/${id}/undo`)
const toExpected = (rows: readonly Row[]) =>
  rows.map(({ id, oldPrice, newPrice }) => ({ id, oldPrice, newPrice }))
const loadPrices = async (): Promise<Record<string, number>> => {
  const { rows } = await forecourt.sql('select id, price::float8 as price from inventory')
  return Object.fromEntries(rows.map(({ id, price }) => [id, price]))
}
const saveMarket = ({ id }: Inventory, price: number) =>
  forecourt.sql(
    `insert into market_price_history (inventory_id, our_price, median_market_price,
      expected_price, sample_size) values ($1, 1, 1, $2, 9)`,
    [id, price],
  )

/** Previews a change and applies it as previewed. */
async function change(body: { ids?: string[]; change: object; roundTo95?: boolean }) {
  const { body: shown } = await preview(body).expect(200)
  const { ids: _, ...rest } = body
  const { body: applied } = await apply({ rows: toExpected(shown.rows), ...rest }).expect(201)
  return applied
}

describe('a preview of a bulk price change', () => {
  it('shows old and new price, margin and market of each car, and changes nothing', async () => {
    const car = await saveCar(forecourt.payload, { price: 24_500, cost: 23_500 })
    await saveMarket(car, 25_000)
    const before = await loadPrices()
    const { body } = await preview({
      where: { make: { equals: 'Honda' } },
      change: { percent: -5 },
      roundTo95: true,
    }).expect(200)
    expect(body).toEqual({
      rows: [
        {
          id: car.id,
          title: car.title,
          stockNumber: car.stockNumber,
          oldPrice: 24_500,
          newPrice: 23_295,
          oldMargin: 1_000,
          margin: -205,
          marketPrice: 25_000,
          priceToMarket: 93.2,
          belowCost: true,
        },
      ],
      skipped: [],
      belowCost: 1,
    })
    expect(await loadPrices()).toEqual(before)
    const { rows } = await forecourt.sql('select 1 from price_changes')
    expect(rows).toEqual([])
  })

  it('leaves out cars that are sold, have no market price, or keep their price', async () => {
    const sold = await saveCar(forecourt.payload, { status: 'sold' })
    const unknown = await saveCar(forecourt.payload)
    const same = await saveCar(forecourt.payload, { price: 20_000 })
    const other = await saveCar(forecourt.payload, { price: 19_000 })
    for (const car of [same, other]) await saveMarket(car, 20_000)
    const ids = [sold, unknown, same, other].map(({ id }) => id)
    const { body } = await preview({ ids, change: { percentOfMarket: 100 } }).expect(200)
    expect(body.rows.map(({ id }: Row) => id)).toEqual([other.id])
    expect(body.skipped.map(({ reason }: { reason: string }) => reason)).toEqual([
      'is sold',
      'has no market price',
      'already has this price',
    ])
  })

  it('is refused without cars, with both kinds of selection, or a change that is none', async () => {
    const change = { amount: -500 }
    await preview({ change }).expect(400)
    await preview({ ids: [], change }).expect(400)
    await preview({ ids: [randomUUID()], where: {}, change }).expect(400)
    await preview({ where: { nothing: { equals: 1 } }, change }).expect(400)
    for (const wrong of [{}, { amount: 1, percent: 1 }, { percent: -95 }, { amount: 0.001 }])
      await preview({ where: {}, change: wrong }).expect(400)
  })

  it('shows a car once, however often and in which case its ID is sent', async () => {
    const { id } = await saveCar(forecourt.payload, { price: 24_500 })
    const change = { amount: -500 }
    const { body } = await preview({ ids: [id, id.toUpperCase(), id], change }).expect(200)
    expect(body.rows.map((row: Row) => row.id)).toEqual([id])
    const rows = toExpected(body.rows).map((row) => ({ ...row, id: id.toUpperCase() }))
    await apply({ rows: [...rows, ...toExpected(body.rows)], change }).expect(400)
    await apply({ rows, change }).expect(201)
  })

  it('takes the filter of a list of the panel, also one that was removed or is unfinished', async () => {
    const honda = await saveCar(forecourt.payload, { price: 24_500 })
    const ford = await saveCar(forecourt.payload, { price: 24_500, make: 'Ford' })
    const change = { amount: -500 }
    const isHonda = { make: { equals: 'Honda' } }
    const unfinished = { make: { equals: undefined } }
    for (const [where, cars] of [
      [{}, [ford, honda]],
      [{ or: [] }, [ford, honda]],
      [{ or: [{ and: [] }] }, [ford, honda]],
      [{ or: [{ and: [unfinished] }] }, [ford, honda]],
      [{ or: [{ and: [isHonda, unfinished] }, { and: [] }] }, [honda]],
    ] as const) {
      const { body } = await preview({ where: pruneWhere(where as never), change }).expect(200)
      expect(body.rows.map(({ id }: Row) => id).toSorted()).toEqual(
        cars.map(({ id }) => id).toSorted(),
      )
    }
  })

  it('takes only the filters that GET /api/inventory takes', async () => {
    const where = { 'sourceSubmission.ownerId': { exists: true } }
    await manager.get('/api/inventory').query({ where }).expect(400)
    await preview({ where, change: { amount: -500 } }).expect(400)
  })

  it('covers at most 1,000 cars', async () => {
    await forecourt.sql(`insert into inventory (vin, year, make, model, price, mileage, status, title)
      select 'BATCH' || lpad(n::text, 12, '0'), 2021, 'Honda', 'Fit', 9000, 1, 'available', 'Fit ' || n
      from generate_series(1, 1001) n`)
    const change = { amount: -500 }
    const { body } = await preview({ where: {}, change }).expect(400)
    expect(body.errors[0].message).toMatch(/More than 1,000 cars match/)
    const less = { title: { not_equals: 'Fit 7' } }
    expect((await preview({ where: less, change }).expect(200)).body.rows).toHaveLength(1_000)
  })
})

describe('a bulk price change', () => {
  it('of 500 cars is what its preview showed, and its undo restores every price', async () => {
    await forecourt.sql(`insert into inventory (vin, year, make, model, price, cost, mileage, status,
        title, listed_at)
      select 'BATCH' || lpad(n::text, 12, '0'), 2021, 'Honda', 'Fit', 9000 + n * 31.5, 5000, 1,
        'available', 'Fit ' || n, now() from generate_series(1, 500) n`)
    const before = await loadPrices()
    const readPublic = async () =>
      (await forecourt.anonymous.get('/api/inventory?sort=price&limit=1').expect(200)).body.docs[0]
    const cheapest = await readPublic()
    const how = { change: { percent: -4 }, roundTo95: true }
    const { body: shown } = await preview({ where: {}, ...how }).expect(200)
    const rows: Row[] = shown.rows
    expect(rows).toHaveLength(500)
    const { body: applied } = await apply({ rows: toExpected(rows), ...how, note: 'Fall' }).expect(
      201,
    )
    expect(applied.rows).toEqual(rows)

    const after = await loadPrices()
    expect(after).toEqual(Object.fromEntries(rows.map(({ id, newPrice }) => [id, newPrice])))
    expect(Object.values(after).every((price) => price % 100 === 95)).toBe(true)
    const history = `select count(*)::int as count, min(reason) as reason, min(note) as note
      from price_changes change where batch_id = $1 and reason = $2
        and (from_price, to_price) = (select ($3::jsonb ->> inventory_id::text)::numeric,
          ($4::jsonb ->> inventory_id::text)::numeric)`
    const countChanges = async (reason: string, from: object, to: object) =>
      (await forecourt.sql(history, [applied.id, reason, JSON.stringify(from), JSON.stringify(to)]))
        .rows[0]
    expect(await countChanges('batch', before, after)).toMatchObject({ count: 500, note: 'Fall' })
    const lowered = await readPublic()
    expect(lowered.price).toBe(after[lowered.id])
    expect(lowered.price).not.toBe(cheapest.price)

    const { body: undone } = await undo(applied.id).expect(200)
    expect(undone).toMatchObject({ restored: 500, kept: [] })
    expect(await loadPrices()).toEqual(before)
    expect(await countChanges('undo', after, before)).toMatchObject({ count: 500 })
    expect(await readPublic()).toMatchObject({ id: cheapest.id, price: cheapest.price })
  })

  it('changes nothing if a car changed since the preview, and names it', async () => {
    const one = await saveCar(forecourt.payload)
    const other = await saveCar(forecourt.payload, { model: 'Civic' })
    const how = { change: { amount: -500 } }
    const { body } = await preview({ ids: [one.id, other.id], ...how }).expect(200)
    await manager.patch(`/api/inventory/${other.id}`).send({ price: 20_000 }).expect(200)
    const before = await loadPrices()
    const { body: refused } = await apply({ rows: toExpected(body.rows), ...how }).expect(409)
    expect(refused.errors[0].message).toBe(
      `Since the preview, ${other.title} changed. Nothing was changed: preview again.`,
    )
    expect(await loadPrices()).toEqual(before)
  })

  it('refuses prices below cost until they are confirmed', async () => {
    const car = await saveCar(forecourt.payload, { price: 21_500, cost: 21_000 })
    const how = { change: { amount: -1_000 } }
    const rows = [{ id: car.id, oldPrice: 21_500, newPrice: 20_500 }]
    const { body } = await apply({ rows, ...how }).expect(409)
    expect(body.errors[0].message).toContain(`The new price of ${car.title} is below cost.`)
    await apply({ rows, ...how, allowBelowCost: true }).expect(201)
    expect(await loadPrices()).toEqual({ [car.id]: 20_500 })
  })

  it('applies one of many that were previewed together', async () => {
    const cars = await Promise.all([1, 2, 3].map(() => saveCar(forecourt.payload)))
    const rows = cars.map(({ id }) => ({ id, oldPrice: 24_500, newPrice: 24_400 }))
    const answers = await Promise.all(
      [1, 2, 3, 4].map((turn) =>
        apply({ rows: turn % 2 ? rows : rows.toReversed(), change: { amount: -100 } }),
      ),
    )
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([201, 409, 409, 409])
    expect(new Set(Object.values(await loadPrices()))).toEqual(new Set([24_400]))
  })

  it('is kept with who made it, in the list and in the audit log', async () => {
    const car = await saveCar(forecourt.payload)
    const { id } = await change({ ids: [car.id], change: { amount: -500 }, roundTo95: true })
    const viewer = await forecourt.as('viewer')
    const { body } = await viewer.get(`/api/price-batches/${id}`).expect(200)
    const { id: user } = (await manager.get('/api/users/me')).body.user
    expect(body).toMatchObject({
      summary: '−$500, rounded to …95',
      rule: 'amount',
      value: -500,
      cars: 1,
      changedBy: user,
      undoneAt: null,
    })
    expect((await manager.get(`/api/inventory/${car.id}`)).body.updatedBy).toBe(user)
    const { rows } = await forecourt.sql(
      'select action, resource_type from activity_logs where resource_id = $1',
      [id],
    )
    expect(rows).toEqual([{ action: 'change_prices', resource_type: 'price-batches' }])
    await manager.patch(`/api/price-batches/${id}`).send({ cars: 9 }).expect(403)
  })
})

describe('the undo of a bulk price change', () => {
  it('keeps prices that were changed since, and those of sold cars, and names them', async () => {
    const [stays, changed, sold] = await Promise.all(
      [1, 2, 3].map(() => saveCar(forecourt.payload)),
    )
    if (!stays || !changed || !sold) throw new Error('Three cars were saved.')
    const ids = [stays, changed, sold].map(({ id }) => id)
    const { id } = await change({ ids, change: { percent: -10 } })
    await manager.patch(`/api/inventory/${changed.id}`).send({ price: 20_000 }).expect(200)
    await manager.post(`/api/inventory/${sold.id}/sell`).send({ price: 22_000 }).expect(200)
    const { body } = await undo(id).expect(200)
    expect(body.restored).toBe(1)
    expect(body.kept).toEqual(
      expect.arrayContaining([
        { id: changed.id, title: changed.title, reason: 'has another price now' },
        { id: sold.id, title: sold.title, reason: 'is sold' },
      ]),
    )
    expect(await loadPrices()).toEqual({
      [stays.id]: 24_500,
      [changed.id]: 20_000,
      [sold.id]: 22_050,
    })
  })

  it('is done once, by one of many', async () => {
    const car = await saveCar(forecourt.payload)
    const { id } = await change({ ids: [car.id], change: { percent: -10 } })
    const answers = await Promise.all([1, 2, 3].map(() => undo(id)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    expect(await loadPrices()).toEqual({ [car.id]: 24_500 })
  })

  it('is possible for a day', async () => {
    const car = await saveCar(forecourt.payload)
    const { id } = await change({ ids: [car.id], change: { percent: -10 } })
    const age = (hours: number) =>
      forecourt.sql(`update price_batches set changed_at = now() - $1 * interval '1 hour'`, [hours])
    await age(24.1)
    const { body } = await undo(id).expect(409)
    expect(body.errors[0].message).toMatch(/older than a day/)
    await age(23.9)
    await undo(id).expect(200)
    await undo(randomUUID()).expect(404)
  })
})

it('is for managers and admins alone', async () => {
  const car = await saveCar(forecourt.payload)
  const how = { change: { amount: -500 } }
  const { id } = await change({ ids: [car.id], ...how })
  const rows = [{ id: car.id, oldPrice: 24_000, newPrice: 23_500 }]
  const callers: [Api, number][] = [
    [forecourt.anonymous, 401],
    [await forecourt.as('viewer'), 403],
    [(await forecourt.asOwner()).api, 403],
  ]
  for (const [api, status] of callers) {
    const path = '/api/inventory/price-batches'
    await api
      .post(`${path}/preview`)
      .send({ ids: [car.id], ...how })
      .expect(status)
    await api
      .post(path)
      .send({ rows, ...how })
      .expect(status)
    await api.post(`${path}/${id}/undo`).expect(status)
  }
  expect(await loadPrices()).toEqual({ [car.id]: 24_000 })
})
