import { describe, expect, it } from '@jest/globals'
import {
  findReadingConflict,
  type Reading,
  spanDay,
  spanInstant,
} from '../../src/garage/domain/odometer.ts'
import { findHistoryConflicts } from '../../src/garage/imports/domain/fit-history.ts'
import { measureProcessorMs } from '../support/processor-time.ts'

const fuel = (at: string, miles: number): Reading => ({
  source: 'fuel',
  id: `${at} ${miles}`,
  miles,
  ...spanInstant(new Date(at)),
})
const service = (day: string, miles: number): Reading => ({
  source: 'maintenance',
  id: `${day} ${miles}`,
  miles,
  ...spanDay(day),
})
const listIds = (added: Reading[], existing: Reading[] = []) =>
  findHistoryConflicts(added, existing).map(({ reading }) => reading.id)

/** Whole numbers below a limit, the same ones for each seed (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

describe('the readings of an imported history', () => {
  const HISTORY = [
    fuel('2026-03-01T10:00:00Z', 31_000),
    fuel('2026-03-10T10:00:00Z', 31_300),
    service('2026-03-12', 31_350),
  ]

  it('fit each other in any order', () => expect(listIds(HISTORY.toReversed())).toEqual([]))

  it('are compared with those of the vehicle', () =>
    expect(listIds(HISTORY, [fuel('2026-03-05T10:00:00Z', 90_000)])).toEqual([
      HISTORY[0]?.id,
      HISTORY[1]?.id,
      HISTORY[2]?.id,
    ]))

  it('do not include one that is wrong, with which the others are not compared', () => {
    const wrong = fuel('2026-03-05T10:00:00Z', 3_100)
    expect(listIds([...HISTORY, wrong])).toEqual([wrong.id])
  })

  it('are compared without delay, however many are of one day', async () => {
    const midnight = Date.parse('2026-03-01T00:00:00Z')
    const readings = Array.from({ length: 8_000 }, (_, second) =>
      fuel(new Date(midnight + second * 1_000).toISOString(), 31_000 + second / 100),
    )
    const ms = await measureProcessorMs(async () => expect(listIds(readings)).toEqual([]))
    expect(ms).toBeLessThan(4_000)
  })

  it('are judged as if they were entered one after the other', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = createRandom(seed)
      const draw = (): Reading => {
        const day = new Date(Date.UTC(2026, 0, 1 + random(20))).toISOString().slice(0, 10)
        const miles = random(6) * 900
        return random(2) === 0 ? service(day, miles) : fuel(`${day}T0${random(10)}:00:00Z`, miles)
      }
      const existing = Array.from({ length: random(4) }, draw)
      const added = Array.from({ length: random(12) }, draw).toSorted(
        (a, b) => a.from + a.to - b.from - b.to || a.miles - b.miles,
      )
      const accepted = [...existing]
      const expected = added.filter((reading) => {
        const conflict = findReadingConflict(reading, accepted)
        if (conflict === null) accepted.push(reading)
        return conflict !== null
      })
      expect([seed, findHistoryConflicts(added, existing).map(({ reading }) => reading)]).toEqual([
        seed,
        expected,
      ])
    }
  })
})
