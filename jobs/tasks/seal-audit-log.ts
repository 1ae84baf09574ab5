import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { sealEntries } from '../../src/audit/seals/seal.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { getSchedule, type Settings } from '../../src/env.ts'
import { defineTask } from '../task.ts'

/**
 * Seals the audit entries that were written since the last seal. Idempotent: a sealed entry is not
 * sealed again. The result contains the newest seal and its hash for later verification with `npm
 * run audit -- verify HASH`.
 */
export const sealAuditLog = (settings: Settings) =>
  defineTask({
    name: 'seal-audit-log',
    queue: 'maintenance',
    description: 'Seals new audit log entries so that later changes to them can be detected.',
    ...getSchedule(settings, 'SCHEDULE_SEAL_AUDIT_LOG'),
    input: z.object({}),
    expiry: 600,
    retries: { limit: 1, delay: 10 },
    concurrency: 1,
    canRun: permissions.isStaffAdmin,
    run: async (ctx) => {
      let entries = 0
      for (;;) {
        ctx.signal.throwIfAborted()
        const sealed = await ctx.commit((tx) => sealEntries(getTransaction(tx).db))
        entries += sealed?.entries ?? 0
        if (!sealed?.more)
          return { entries, ...(sealed && { seal: sealed.seal, hash: sealed.hash }) }
        await ctx.progress(entries)
      }
    },
  })
