import { describe, expect, it } from '@jest/globals'
import { judgeOctane, type OctaneReport } from '../../src/stations/domain/octane.ts'

const NOW = new Date('2026-11-30T12:00:00Z')
let count = 0

/** A report of some days ago; each has another reporter unless one is given. */
const report = (
  has93Octane: boolean | null,
  days: number,
  reporter = `owner ${(count += 1)}`,
): OctaneReport => ({
  id: `report ${(count += 1)}`,
  reporter,
  has93Octane,
  reportedAt: new Date(NOW.getTime() - days * 86_400_000),
})

const judge = (...reports: OctaneReport[]) => judgeOctane(reports, NOW)

describe('the verdict about 93 octane', () => {
  it('is unknown without reports', () => {
    expect(judge()).toMatchObject({
      conclusion: 'unknown',
      has93Octane: null,
      reason: 'No verdict: no owner has reported yet whether the station sells 93 octane.',
    })
  })

  it('is what one owner reports, with the reason', () => {
    expect(judge(report(true, 0))).toMatchObject({
      conclusion: 'sold',
      has93Octane: true,
      yes: 1,
      no: 0,
      reason:
        'The station sells 93 octane: 1 yes and 0 no from one owner. ' +
        'Newer reports weigh more.',
    })
    expect(judge(report(false, 400))).toMatchObject({ conclusion: 'not_sold', has93Octane: false })
  })

  it('counts each owner once, with the newest report', () => {
    const verdict = judge(report(true, 30, 'ann'), report(true, 20, 'ann'), report(false, 1, 'ann'))
    expect(verdict).toMatchObject({ conclusion: 'not_sold', yes: 0 })
    expect(verdict.reports.map(({ status }) => status)).toEqual(['counted', 'replaced', 'replaced'])
  })

  it('weighs a report half after 180 days, and not at all after two years', () => {
    const { reports } = judge(report(true, 0), report(true, 180), report(true, 360))
    expect(reports.map(({ weight }) => weight)).toEqual([1, 0.5, 0.25])
    const old = judge(report(true, 731))
    expect(old).toMatchObject({
      conclusion: 'unknown',
      has93Octane: null,
      reason: 'No verdict: every report is more than two years old.',
    })
    expect(old.reports).toMatchObject([{ status: 'outdated', weight: 0 }])
  })

  it('follows two new reports against three old ones', () => {
    const old = [report(true, 400), report(true, 420), report(true, 500)]
    expect(judge(...old, report(false, 1), report(false, 2))).toMatchObject({
      conclusion: 'not_sold',
    })
  })

  it('needs two thirds of the weight, or is disputed', () => {
    expect(judge(report(true, 0), report(false, 0))).toMatchObject({
      conclusion: 'disputed',
      has93Octane: null,
      reason:
        'It is disputed whether the station sells 93 octane: 1 yes and 1 no from 2 owners. ' +
        'Newer reports weigh more.',
    })
    expect(judge(report(true, 0), report(true, 0), report(false, 0)).conclusion).toBe('sold')
    expect(
      judge(report(true, 0), report(true, 0), report(false, 0), report(false, 90)),
    ).toMatchObject({ conclusion: 'disputed' })
  })

  it('does not count a report without an answer, nor lets it replace one', () => {
    const verdict = judge(report(true, 5, 'ann'), report(null, 1, 'ann'))
    expect(verdict).toMatchObject({ conclusion: 'sold', yes: expect.closeTo(0.98, 1) })
    expect(verdict.reports.map(({ status }) => status)).toEqual(['unanswered', 'counted'])
  })

  it('does not depend on the order of the reports, and a clock that is behind is no problem', () => {
    const reports = [report(true, -1), report(false, 10), report(true, 100), report(false, 300)]
    expect(judge(...reports.toReversed())).toEqual(judge(...reports))
    expect(judge(report(true, -1)).yes).toBe(1)
  })
})
