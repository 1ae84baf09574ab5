import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { type Api } from '../support/forecourt.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'

let stage: MarketStage
let manager: Api
let now = new Date()
beforeAll(async () => {
  stage = await openMarket({}, () => now)
  manager = await stage.as('manager')
})
afterAll(() => stage.close())

async function saveRule(about: Record<string, unknown>): Promise<string> {
  const rule = {
    name: 'A rule',
    alertType: 'overpriced',
    thresholdPercent: 10,
    cooldownHours: 24,
    ...about,
  }
  const { body } = await manager.post('/api/market-alert-rules').send(rule).expect(201)
  return body.doc.id as string
}

const loadAlerts = async ({ vin }: Inventory) =>
  (await stage.sql('select * from market_alerts where vin = $1 order by raised_at', [vin])).rows

const later = (hours: number) => (now = new Date(now.getTime() + hours * 3_600_000))

/** Analyses it beside five cars at $20,000. */
async function compared(car: Inventory) {
  stage.offerCars(20_000, 20_000, 20_000, 20_000, 20_000)
  return (await stage.analyzeCar(car))?.result?.['alerts']
}

describe('an alert', () => {
  it('is raised once a car and rule, and again when it was dismissed and its time is over', async () => {
    const rule = await saveRule({ name: 'Too dear' })
    const car = await saveAccord(stage, { price: 25_000 })
    expect([await compared(car), await compared(car)]).toEqual([1, 0])
    const [alert, ...others] = await loadAlerts(car)
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      alert_type: 'overpriced',
      severity: 'critical',
      dismissed: false,
      raised_at: now,
      message: `${car.title}: $25,000 is 25.0% above the market price of $20,000.`,
    })
    expect((await manager.get(`/api/market-alerts/${alert.id}`).expect(200)).body).toMatchObject({
      rule,
      ruleName: 'Too dear',
      inventory: car.id,
      vin: car.vin,
      percent: 25,
      ourPrice: 25_000,
      expectedPrice: 20_000,
      sampleSize: 5,
    })
    await manager.patch(`/api/market-alerts/${alert.id}`).send({ dismissed: true }).expect(200)
    now = new Date()
    later(23)
    expect(await compared(car)).toBe(0)
    later(2)
    expect(await compared(car)).toBe(1)
    expect((await loadAlerts(car)).map(({ dismissed }) => dismissed)).toEqual([true, false])
    await stage.sql('delete from market_alert_rules')
  })

  it('is raised by each rule that has cause, and by none that is muted or not active', async () => {
    const rules = [
      { alertType: 'underpriced' },
      { alertType: 'underpriced', name: 'Another', thresholdPercent: 30 },
      { alertType: 'underpriced', name: 'Too much', thresholdPercent: 60 },
      { alertType: 'overpriced', name: 'Other' },
      { alertType: 'underpriced', name: 'Asleep', active: false },
      {
        alertType: 'underpriced',
        name: 'Muted',
        mutedUntilAt: new Date(now.getTime() + 3_600_000).toISOString(),
      },
    ]
    for (const rule of rules) await saveRule(rule)
    const car = await saveAccord(stage, { price: 10_000 })
    expect(await compared(car)).toBe(2)
    later(2)
    expect(await compared(car)).toBe(1)
    const names = (await loadAlerts(car)).map(({ rule_name: name }) => name as string)
    expect(names.sort()).toEqual(['A rule', 'Another', 'Muted'])
    await stage.sql('delete from market_alert_rules')
  })

  it('is raised of somebody the caller less, and of a car with nothing to compare', async () => {
    await saveRule({ alertType: 'competitor_undercut', thresholdPercent: 5 })
    await saveRule({ alertType: 'no_market_data', thresholdPercent: 0 })
    const car = await saveAccord(stage, { price: 21_500 })
    expect(await compared(car)).toBe(1)
    stage.offerCars()
    expect((await stage.analyzeCar(car))?.result).toMatchObject({ alerts: 1 })
    expect(
      (await loadAlerts(car)).map(({ alert_type: type, severity }) => [type, severity]),
    ).toEqual([
      ['competitor_undercut', 'warning'],
      ['no_market_data', 'warning'],
    ])
    await stage.sql('delete from market_alert_rules')
  })

  it('of one rule about one car is open once, whoever writes it', async () => {
    const rule = await saveRule({})
    const car = await saveAccord(stage)
    const insert = () =>
      stage.sql(
        `insert into market_alerts (rule_id, inventory_id, alert_type, severity, message)
          values ($1, $2, 'overpriced', 'warning', 'x')`,
        [rule, car.id],
      )
    await insert()
    await expect(insert()).rejects.toMatchObject({ constraint: 'market_alerts_open_idx' })
    await stage.sql('update market_alerts set dismissed = true where rule_id = $1', [rule])
    await insert()
    await stage.sql('delete from market_alert_rules')
  })

  it('outlives its rule and its car, and still names them', async () => {
    await saveRule({ name: 'Short-lived' })
    const car = await saveAccord(stage, { price: 25_000 })
    expect(await compared(car)).toBe(1)
    await stage.sql('delete from market_alert_rules')
    const admin = await stage.as('admin')
    await admin.delete(`/api/inventory/${car.id}`).expect(200)
    expect(await loadAlerts(car)).toMatchObject([
      { rule_id: null, rule_name: 'Short-lived', inventory_id: null, vin: car.vin },
    ])
  })
})

describe('an alert about a market that moves', () => {
  /** Analyzes the car on the next day, beside seven cars at this price. */
  const onNextDay = async (car: Inventory, dollars: number) => {
    later(24)
    stage.offerCars(...Array<number>(7).fill(dollars))
    return (await stage.analyzeCar(car))?.result?.['alerts']
  }
  const dismissAll = () =>
    stage.sql('update market_alerts set dismissed = true, dismissed_at = $1', [now])

  it('is raised once for medians of 26750, 28355 and 28355, also if it is dismissed at once', async () => {
    await saveRule({ alertType: 'market_moved', thresholdPercent: 5, cooldownHours: 0 })
    const [car, other] = [await saveAccord(stage), await saveAccord(stage)]
    const raised = []
    for (const median of [26_750, 28_355, 28_355]) raised.push(await onNextDay(car, median))
    expect(raised).toEqual([0, 1, 0])
    const [alert, ...others] = await loadAlerts(car)
    expect(others).toEqual([])
    expect(alert).toMatchObject({ alert_type: 'market_moved', severity: 'warning', percent: '6' })
    for (const median of [26_750, 28_355]) await onNextDay(other, median)
    await dismissAll()
    expect([await onNextDay(other, 28_355), await onNextDay(other, 31_200)]).toEqual([0, 1])
    await stage.sql('delete from market_alert_rules')
  })

  it('is critical from ten percent on, and compares with no market of another tier', async () => {
    await saveRule({ alertType: 'market_moved', thresholdPercent: 5, cooldownHours: 0 })
    const car = await saveAccord(stage)
    await onNextDay(car, 26_750)
    await stage.sql(`update market_price_history set tier = 'another' where inventory_id = $1`, [
      car.id,
    ])
    expect([await onNextDay(car, 29_425), await onNextDay(car, 26_482.5)]).toEqual([0, 1])
    expect(await loadAlerts(car)).toMatchObject([{ severity: 'critical', percent: '-10' }])
    await stage.sql('delete from market_alert_rules')
  })

  it('compares with the market of the same day before that is replaced', async () => {
    await saveRule({ alertType: 'supply_moved', thresholdPercent: 20 })
    const car = await saveAccord(stage)
    now = new Date('2027-01-05T09:00:00.000Z')
    stage.offerCars(...Array<number>(10).fill(20_000))
    expect((await stage.analyzeCar(car))?.result).toMatchObject({ alerts: 0 })
    later(2)
    stage.offerCars(...Array<number>(8).fill(20_000))
    expect((await stage.analyzeCar(car))?.result).toMatchObject({ alerts: 1 })
    const { rows } = await stage.sql(
      'select expected_price, supply, tier is null as bare from market_price_history ' +
        'where inventory_id = $1',
      [car.id],
    )
    expect(rows).toEqual([{ expected_price: '20000.00', supply: 8, bare: false }])
    await stage.sql('delete from market_alert_rules')
  })
})

describe('an alert that is unwelcome', () => {
  it('is snoozed by managers until a time, and by nobody else', async () => {
    await saveRule({})
    const car = await saveAccord(stage, { price: 25_000 })
    await compared(car)
    const [{ id }] = await loadAlerts(car)
    const until = { snoozedUntilAt: '2027-06-01T12:00:00.000Z' }
    await (await stage.as('viewer')).patch(`/api/market-alerts/${id}`).send(until).expect(403)
    const { body } = await manager.patch(`/api/market-alerts/${id}`).send(until).expect(200)
    expect(body.doc).toMatchObject({ ...until, dismissed: false })
    expect(await compared(car)).toBe(0)
    await stage.sql('delete from market_alert_rules')
  })

  it('is not raised while the alerts of its car are muted', async () => {
    await saveRule({})
    const [car, other] = [
      await saveAccord(stage, { price: 25_000 }),
      await saveAccord(stage, { price: 25_000 }),
    ]
    const alertsMutedUntilAt = new Date(now.getTime() + 3_600_000).toISOString()
    await manager.patch(`/api/inventory/${car.id}`).send({ alertsMutedUntilAt }).expect(200)
    expect([await compared(car), await compared(other)]).toEqual([0, 1])
    later(1)
    expect(await compared(car)).toBe(1)
    const { body } = await stage.anonymous.get(`/api/inventory/${car.id}`).expect(200)
    expect(body).not.toHaveProperty('alertsMutedUntilAt')
    await stage.sql('delete from market_alert_rules')
  })
})

describe('a rule', () => {
  it('is written by managers, read by staff and deleted by admins', async () => {
    const id = await saveRule({ name: 'Mine' })
    const [viewer, admin] = [await stage.as('viewer'), await stage.as('admin')]
    expect((await viewer.get(`/api/market-alert-rules/${id}`).expect(200)).body).toMatchObject({
      name: 'Mine',
      active: true,
    })
    await viewer.patch(`/api/market-alert-rules/${id}`).send({ active: false }).expect(403)
    await manager.delete(`/api/market-alert-rules/${id}`).expect(403)
    await stage.anonymous.get('/api/market-alert-rules').expect(403)
    await admin.delete(`/api/market-alert-rules/${id}`).expect(200)
  })

  it.each([
    [{ alertType: 'sold' }, 'alertType'],
    [{ thresholdPercent: -1 }, 'thresholdPercent'],
    [{ thresholdDays: 0 }, 'thresholdDays'],
    [{ cooldownHours: 1.5 }, 'cooldownHours'],
    [{ name: '' }, 'name'],
  ])('cannot have %j', async (about, field) => {
    const rule = {
      name: 'A rule',
      alertType: 'overpriced',
      thresholdPercent: 10,
      cooldownHours: 24,
      ...about,
    }
    const { body } = await manager.post('/api/market-alert-rules').send(rule).expect(400)
    expect(body.errors[0]).toMatchObject({ path: field })
  })
})
