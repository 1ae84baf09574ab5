import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { ALERT_TYPES } from '../../plugins/market/domain/alert.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => void (forecourt = await openForecourt()))
afterAll(() => forecourt.close())

it('a new installation has one active rule for each type of alert', async () => {
  const manager = await forecourt.as('manager')
  const { body } = await manager.get('/api/market-alert-rules?limit=100').expect(200)
  const rules = body.docs as { alertType: string; active: boolean; thresholdPercent: number }[]
  expect(rules.map(({ alertType }) => alertType).sort()).toEqual(Object.keys(ALERT_TYPES).sort())
  expect(rules.every(({ active }) => active)).toBe(true)
  expect(rules).toContainEqual(
    expect.objectContaining({ alertType: 'market_moved', thresholdPercent: 5 }),
  )
  expect(rules).toContainEqual(
    expect.objectContaining({ alertType: 'stale', thresholdDays: 60, cooldownHours: 720 }),
  )
})
