import type { Config, Plugin } from 'payload'
import { provideServices, readServices } from '../src/services.ts'
import { listJobEndpoints } from './endpoints/index.ts'
import { getNextTick } from './schedule/next-tick.ts'
import { JobQueue } from './queue.ts'
import type { Task } from './task.ts'

declare module '../src/services.ts' {
  interface Services {
    tasks: readonly Task[]
  }
}

/** Adds tasks to a configuration: core and rooms register them in the one list `tasks`. */
export const withTasks = (config: Config, tasks: readonly Task[]): Config =>
  provideServices(config, { tasks: [...getTasks(config), ...tasks] })

const getTasks = (config: Config): readonly Task[] => readServices(config).tasks ?? []

/**
 * Creates the queues of all registered tasks; must be the last plugin with tasks. Duplicate task
 * names and schedules that cannot be queued stop the start, because they would block all others.
 */
export const withJobs = (): Plugin => (config) => {
  const tasks = getTasks(config)
  const twice = tasks.find(
    ({ name }, index) => tasks.findIndex((other) => other.name === name) !== index,
  )
  if (twice) throw new Error(`Two tasks are named ${twice.name}. Each task needs a unique name.`)
  for (const task of tasks) checkSchedule(task)
  const endpoints = [...(config.endpoints ?? []), ...listJobEndpoints()]
  return provideServices({ ...config, endpoints }, { jobs: new JobQueue(tasks) })
}

function checkSchedule({ name, schedule, accept }: Task): void {
  if (!schedule) return
  try {
    accept({})
    getNextTick(schedule.cron, schedule.timeZone, new Date())
  } catch (cause) {
    throw new Error(`The task ${name} cannot be scheduled: ${(cause as Error).message}`, { cause })
  }
}
