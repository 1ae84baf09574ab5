import { describe, expect, it } from '@jest/globals'
import type { Config } from 'payload'
import { z } from 'zod'
import { withJobs, withTasks } from '../../jobs/index.ts'
import { defineTask, type TaskSpec } from '../../jobs/task.ts'

const task = (about: Partial<TaskSpec<z.ZodType>> = {}) =>
  defineTask({
    name: 'sweep',
    queue: 'test',
    description: 'Sweeps.',
    input: z.object({}),
    expiry: 60,
    concurrency: 1,
    retries: { limit: 0, delay: 0 },
    run: () => Promise.resolve(),
    ...about,
  })

const start = (...tasks: ReturnType<typeof task>[]) => withJobs()(withTasks({} as Config, tasks))
const nightly = { cron: '0 3 * * *', timeZone: 'Europe/Berlin' }

describe('the start', () => {
  it('takes tasks with and without a schedule', () => {
    expect(() =>
      start(
        task({ schedule: nightly }),
        task({ name: 'other', input: z.object({ id: z.uuid() }) }),
      ),
    ).not.toThrow()
  })

  it('is stopped by two tasks of one name', () => {
    expect(() => start(task(), task())).toThrow('Two tasks are named sweep.')
  })

  it('is stopped by a schedule that would keep all schedules from running', () => {
    const needy = task({ schedule: nightly, input: z.object({ id: z.uuid() }) })
    expect(() => start(needy)).toThrow(
      /^The task sweep cannot be scheduled: .*does not accept this input\. id: /,
    )
    expect(() => start(task({ schedule: { ...nightly, cron: '0 3 31 2 *' } }))).toThrow(
      /^The task sweep .*never occurs/,
    )
    expect(() => start(task({ schedule: { ...nightly, timeZone: 'Mars/Base' } }))).toThrow(
      /^The task sweep .*unknown time zone/,
    )
  })
})
