import type { Config, Plugin } from 'payload'
import { listJobEndpoints } from './endpoints/index.ts'
import { getNextTick } from './schedule/next-tick.ts'
import { JobQueue } from './queue.ts'
import type { Task } from './task.ts'

/**
 * Adds tasks to a configuration: `custom.tasks` is the one field that core and rooms register them
 * in.
 */
export function withTasks(config: Config, tasks: readonly Task[]): Config {
  return { ...config, custom: { ...config.custom, tasks: [...getTasks(config), ...tasks] } }
}

const getTasks = ({ custom }: Config): readonly Task[] =>
  (custom?.['tasks'] as readonly Task[] | undefined) ?? []

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
  return { ...config, endpoints, custom: { ...config.custom, jobs: new JobQueue(tasks) } }
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
