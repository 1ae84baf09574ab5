import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { withTasks } from '../../jobs/index.ts'
import { GiveUp } from '../../jobs/outcomes.ts'
import { defineTask } from '../../jobs/task.ts'
import { provideServices } from '../../src/services.ts'
import { permissions } from '../../src/access/permissions.ts'
import type { Plugin } from 'payload'

const usual = {
  queue: 'demo',
  expiry: 60,
  retries: { limit: 1, delay: 1 },
  concurrency: 4,
  canRun: permissions.canManageLot,
}

/** Counts, and tells how far it is. It changes nothing, so that it may run twice. */
const countSlowly = defineTask({
  ...usual,
  name: 'count-slowly',
  description: 'Counts to a number, a fifth of a second a step.',
  input: z.object({
    steps: z.number().int().min(1).max(200).describe('How far it counts.'),
    note: z
      .string()
      .refine((note) => !note.includes('?'), 'a note asks nothing')
      .optional()
      .describe('Kept with the result.'),
    aloud: z.boolean().optional(),
    language: z.enum(['English', 'German']).optional(),
  }),
  run: async ({ progress, signal }, { steps, note }) => {
    for (let step = 0; step < steps; step++) {
      await progress(step, steps)
      await sleep(200, undefined, { signal })
    }
    return { steps, note: note ?? null }
  },
})

/** Fails for good, and says what that came from. It changes nothing, so that it may run twice. */
const alwaysFails = defineTask({
  ...usual,
  name: 'always-fails',
  description: 'Asks a printer that is never there.',
  input: z.object({}),
  run: () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:9100')
    return Promise.reject(
      new GiveUp('The price tags were not printed.', {
        cause: new Error('The printer does not answer.', { cause }),
      }),
    )
  },
})

/**
 * A room for the panel's specs: a task that shows its progress, and one that is given up. It hides
 * the links of mails, as production does.
 */
export const demoRoom = (): Plugin => (config) =>
  withTasks(provideServices(config, { showsLinks: false }), [countSlowly, alwaysFails])
