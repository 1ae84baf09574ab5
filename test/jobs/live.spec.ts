import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plugin } from 'payload'
import type { RunAnswer, RunsAnswer } from '../../jobs/api-types.ts'
import { createLiveJobsEndpoint } from '../../jobs/endpoints/live.ts'
import type { Engine } from '../../jobs/engine/engine.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import { type Listening, listenOnLoopback } from '../support/http-listen.ts'
import { openStream, type OpenStream } from '../support/http-stream.ts'
import { aTask, queueJob, buildRoom, waitUntil, startEngine } from '../support/work.ts'
import { getService } from '../../src/services.ts'

/** How far the run may go; the spec says so. */
let mayReach = 1

const stepByStep = aTask('step-by-step', async (ctx) => {
  await ctx.progress(1, 3)
  await waitUntil(() => mayReach >= 2, 'leave to go on')
  await sleep(1_100) // progress is written once a second
  await ctx.progress(2, 3)
  await waitUntil(() => mayReach >= 3, 'leave to end')
  await ctx.progress(3, 3)
})

/** The same stream with other patience, beside the product's own. */
const hurried: Plugin = (config) => ({
  ...config,
  endpoints: [
    ...(config.endpoints ?? []),
    createLiveJobsEndpoint('/live/brief', { pollMs: 20, maxMs: 200 }),
    createLiveJobsEndpoint('/live/quiet', { pollMs: 20, keepAliveMs: 100 }),
    createLiveJobsEndpoint('/live/for-two', { max: 2, reservedForAdmins: 0 }),
    createLiveJobsEndpoint('/live/crowded', { maxPerAccount: 20, reservedForAdmins: 0 }),
    createLiveJobsEndpoint('/live/fair', { max: 5, maxPerAccount: 2, reservedForAdmins: 1 }),
  ],
})

let forecourt: TestForecourt
let engine: Engine
let server: Listening
let token: string
beforeAll(async () => {
  forecourt = await openForecourt({}, [
    buildRoom(
      stepByStep,
      aTask('quick', () => Promise.resolve()),
    ),
    hurried,
  ])
  engine = await startEngine(forecourt, { queues: ['test'] })
  server = await listenOnLoopback(forecourt.app)
  token = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'viewer'))
})
afterAll(async () => {
  await engine.stop()
  await server.close()
  await forecourt.close()
})

const watch = (
  path = '/jobs/live',
  headers: Record<string, string> = { authorization: `Bearer ${token}` },
) => openStream(server.port, `/api${path}`, headers)

/** The answers of the events that came. */
const events = ({ parts }: OpenStream) =>
  [...parts.join('').matchAll(/^event: runs\ndata: (.*)\n\n/gm)].map(
    ([, data = '']) => JSON.parse(data) as RunsAnswer,
  )

const latest = (watching: OpenStream, id: string): RunAnswer | undefined =>
  events(watching)
    .at(-1)
    ?.runs.find(({ jobId }) => jobId === id)

describe('whoever watches the jobs', () => {
  it('sees at once what is there, then a run begin, go on and end, each as it happens', async () => {
    const watching = await watch()
    expect(watching.answer.statusCode).toBe(200)
    expect(watching.answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    await waitUntil(() => events(watching).length === 1, 'the first event')
    const job = await queueJob(forecourt, 'step-by-step')
    await waitUntil(() => latest(watching, job)?.progress?.done === 1, 'the first step')
    expect(latest(watching, job)).toMatchObject({
      job: 'step-by-step',
      status: null,
      completedAt: null,
      attempt: 1,
    })
    mayReach = 2
    await waitUntil(() => latest(watching, job)?.progress?.done === 2, 'the second step')
    mayReach = 3
    await waitUntil(() => latest(watching, job)?.status === 'success', 'the end')
    expect(latest(watching, job)).toMatchObject({
      progress: { done: 3, total: 3 },
      failedPermanently: false,
      error: null,
    })
    expect(watching.parts.length).toBeGreaterThanOrEqual(4)
    watching.close()
  })

  it('sees a run that ended a moment before', async () => {
    const job = await queueJob(forecourt, 'quick')
    const watching = await watch()
    await waitUntil(() => latest(watching, job)?.status === 'success', 'the run')
    watching.close()
  })

  it('sees the end of a run that was long under way', async () => {
    const { rows } = await forecourt.sql(
      `insert into job_history (job_name, job_id, started_at, lease_ends_at)
       values ('long', gen_random_uuid(), now() - interval '3 hours', now() + interval '1 hour')
         returning job_id`,
    )
    const { job_id: job } = (rows as { job_id: string }[])[0] ?? { job_id: '' }
    const watching = await watch()
    await waitUntil(() => latest(watching, job)?.status === null, 'the run under way')
    await forecourt.sql(
      "update job_history set completed_at = now(), status = 'success' where job_id = $1",
      [job],
    )
    await waitUntil(() => latest(watching, job)?.status === 'success', 'its end')
    watching.close()
  })

  it('does not see runs that were over before', async () => {
    await forecourt.sql(
      "insert into job_history (job_name, status, started_at, completed_at) values ('gone', " +
        "'success', now() - interval '1 hour', now() - interval '50 minutes')",
    )
    const watching = await watch()
    await waitUntil(() => events(watching).length > 0, 'the first event')
    expect(events(watching)[0]?.runs.map(({ job }) => job)).not.toContain('gone')
    watching.close()
  })

  it('hears while nothing happens that it is still there', async () => {
    const watching = await watch('/live/quiet')
    await waitUntil(() => watching.parts.join('').includes('\n\n: keep-alive\n\n'), 'the comment')
    watching.close()
  })

  it('has to ask again after a while', async () => {
    const watching = await watch('/live/brief')
    await waitUntil(watching.ended, 'the end of the stream')
    expect(watching.answer.complete).toBe(true)
    expect(events(watching).length).toBeGreaterThan(0)
  })

  it('is one of so many at most; another has its place as soon as it leaves', async () => {
    const [one, two] = [await watch('/live/for-two'), await watch('/live/for-two')]
    const three = await watch('/live/for-two')
    expect([one, two, three].map(({ answer }) => answer.statusCode)).toEqual([200, 200, 503])
    expect(three.answer.headers['retry-after']).toBe('60')
    one.close()
    const another = async () => {
      const watching = await watch('/live/for-two')
      watching.close()
      return watching.answer.statusCode === 200
    }
    await waitUntil(another, 'a free place')
    two.close()
  })

  it('has so many streams an account, and leaves admins one', async () => {
    const other = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'manager'))
    const admin = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'admin'))
    const all: OpenStream[] = []
    for (const token_ of [token, token, token, other, other, admin, admin])
      all.push(await watch('/live/fair', { authorization: `Bearer ${token_}` }))
    expect(all.map(({ answer }) => answer.statusCode)).toEqual([200, 200, 429, 200, 200, 200, 503])
    await waitUntil(() => all[2]?.ended() === true, 'the whole refusal')
    expect(all[2]?.parts.join('')).toContain('You already have 2 live job streams open.')
    for (const watching of all) watching.close()
  })

  it('costs nothing when it asks for the headers alone', async () => {
    for (let n = 0; n < 3; n++)
      await forecourt.anonymous
        .head('/api/live/for-two')
        .set('authorization', `Bearer ${token}`)
        .expect(200)
  })

  it('loses the stream, and the process nothing, when the database does not answer', async () => {
    const watching = await watch()
    await waitUntil(() => events(watching).length > 0, 'the first event')
    await forecourt.ownerSql('alter table job_history rename to job_history_away')
    await waitUntil(watching.ended, 'the end of the stream')
    await forecourt.ownerSql('alter table job_history_away rename to job_history')
    const again = await watch()
    await waitUntil(() => events(again).length > 0, 'the first event of the next stream')
    again.close()
  })

  it.each([
    ['stranger', 401],
    ['owner', 403],
    ['garage admin', 403],
  ] as const)('is no %s', async (who, status) => {
    const headers: Record<string, string> =
      who === 'stranger' ? {} : { authorization: `Bearer ${(await forecourt.asOwner(who)).token}` }
    const watching = await watch('/jobs/live', headers)
    await waitUntil(watching.ended, 'the refusal')
    expect(watching.answer.statusCode).toBe(status)
    expect(watching.parts.join('')).not.toContain('event:')
  })

  it('is let go when the process stops', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => watch('/live/crowded')))
    await waitUntil(
      () => all.every((watching) => events(watching).length > 0),
      'their first events',
    )
    getService(forecourt.payload, 'jobs').shutdown.abort()
    await waitUntil(() => all.every(({ ended }) => ended()), 'their ends')
    expect(all.every(({ answer }) => answer.complete)).toBe(true)
  })
})
