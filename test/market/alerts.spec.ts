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
