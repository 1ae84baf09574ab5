import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { saveSchedules, startScheduler, enqueueDueTasks } from '../../jobs/schedule/scheduler.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aTask, buildRoom, findJobs } from '../support/work.ts'

const MINUTE = 60_000
const ZONES = ['America/Los_Angeles', 'Europe/Berlin', 'Australia/Lord_Howe'] as const

/** Nights around which clocks change: a day before each, and how many days are walked. */
const NIGHTS = {
  'America/Los_Angeles': ['2026-10-31T12:00:00Z', '2027-03-13T12:00:00Z'],
  'Europe/Berlin': ['2026-10-24T12:00:00Z', '2027-03-27T12:00:00Z'],
  'Australia/Lord_Howe': ['2026-10-02T12:00:00Z', '2027-04-02T12:00:00Z'],
} as const

const nightly = (zone: string, cron: string, name: string) =>
  aTask(name, async () => {}, { schedule: { cron, timeZone: zone } })
const slug = (zone: string) => zone.toLowerCase().replaceAll(/[^a-z]/g, '-')
const tasks = ZONES.flatMap((zone) => [
  nightly(zone, '55 1 * * *', `early-${slug(zone)}`),
  nightly(zone, '0 2 * * *', `late-${slug(zone)}`),
])

let forecourt: TestForecourt

beforeAll(async () => {
  forecourt = await openForecourt({}, [buildRoom(...tasks)])
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  await forecourt.sql('delete from job_schedules')
  await forecourt.sql('delete from pgboss.job')
})

const dayIn = (zone: string, at: Date) => at.toLocaleDateString('sv-SE', { timeZone: zone })

/**
 * Two schedulers tick together, every few minutes; what each day got, by its local date. Jobs are
 * taken out as a worker would.
 */
async function walk(zone: (typeof ZONES)[number], from: string): Promise<Map<string, string[]>> {
  const got = new Map<string, string[]>()
  const begin = Date.parse(from)
  await saveSchedules(forecourt.payload, new Date(begin))
  for (let at = begin; at < begin + 3 * 24 * 60 * MINUTE; at += 5 * MINUTE) {
    const now = new Date(at)
    const both = await Promise.all([
      enqueueDueTasks(forecourt.payload, now),
      enqueueDueTasks(forecourt.payload, now),
    ])
    const names = both.flat().filter((name) => name.endsWith(slug(zone)))
    for (const name of names)
      got.set(dayIn(zone, now), [...(got.get(dayIn(zone, now)) ?? []), name])
    if (names.length > 0) await forecourt.sql('delete from pgboss.job')
  }
  return got
}

describe('schedules', () => {
  it.each(ZONES.flatMap((zone) => NIGHTS[zone].map((from) => ({ zone, from }))))(
    'run each daily job once a local date around the change of clocks in $zone after $from, ' +
      'with two schedulers',
    async ({ zone, from }) => {
      const got = await walk(zone, from)
      // the first and the last day are walked in part
      const whole = [...got.keys()].sort().slice(1, -1)
      expect(whole.length).toBeGreaterThanOrEqual(1)
      for (const day of whole)
        expect([day, ...(got.get(day) ?? []).toSorted()]).toEqual([
          day,
          `early-${slug(zone)}`,
          `late-${slug(zone)}`,
        ])
    },
  )

  it('make one run of the ticks that were missed', async () => {
    const [zone] = ZONES
    await saveSchedules(forecourt.payload, new Date('2026-06-01T00:00:00Z'))
    const later = new Date('2026-06-09T00:00:00Z')
    const names = (await enqueueDueTasks(forecourt.payload, later)).filter(
      (name) => name === `early-${slug(zone)}`,
    )
    expect(names).toHaveLength(1)
    expect(await enqueueDueTasks(forecourt.payload, later)).toEqual([])
    expect(await findJobs(forecourt, `early-${slug(zone)}`)).toHaveLength(1)
  })

  it('are computed again when the setting changed, and left alone when it did not', async () => {
    const [zone] = ZONES
    const name = `early-${slug(zone)}`
    const next = async () =>
      (await forecourt.sql('select next_run_at from job_schedules where name = $1', [name])).rows[0]
        .next_run_at as Date
    await saveSchedules(forecourt.payload, new Date('2026-06-01T00:00:00Z'))
    await saveSchedules(forecourt.payload, new Date('2026-06-05T00:00:00Z'))
    expect((await next()).toISOString()).toBe('2026-06-01T08:55:00.000Z')
    await forecourt.sql("update job_schedules set cron = '0 5 * * *' where name = $1", [name])
    await saveSchedules(forecourt.payload, new Date('2026-06-05T00:00:00Z'))
    expect((await next()).toISOString()).toBe('2026-06-05T08:55:00.000Z')
  })

  it('queue nothing while a run of theirs waits or goes on', async () => {
    const name = `early-${slug(ZONES[0])}`
    await saveSchedules(forecourt.payload, new Date('2026-06-01T00:00:00Z'))
    for (const day of ['02', '03', '04'])
      await enqueueDueTasks(forecourt.payload, new Date(`2026-06-${day}T12:00:00Z`))
    expect(await findJobs(forecourt, name)).toHaveLength(1)
  })

  it('lose no tick to a process whose settings say another time', async () => {
    const name = `early-${slug(ZONES[0])}`
    await saveSchedules(forecourt.payload, new Date('2026-06-01T00:00:00Z'))
    await forecourt.sql(
      "update job_schedules set cron = '0 1 * * *', next_run_at = '2026-06-01T08:00:00Z' " +
        'where name = $1',
      [name],
    )
    const ticking = startScheduler(
      forecourt.payload,
      (error) => expect(error).toBeUndefined(),
      () => new Date('2026-06-01T08:00:03Z'),
    )
    await ticking.stop()
    expect(await findJobs(forecourt, name)).toHaveLength(1)
    const kept = await forecourt.sql(
      'select cron, next_run_at from job_schedules where name = $1',
      [name],
    )
    expect(kept.rows).toEqual([
      { cron: '55 1 * * *', next_run_at: new Date('2026-06-01T08:55:00Z') },
    ])
  })
})
