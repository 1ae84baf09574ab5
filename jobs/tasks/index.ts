import type { Plugin } from 'payload'
import type { Settings } from '../../src/env.ts'
import { createMailDelivery } from '../../src/mail/create-delivery.ts'
import type { OwnerFiles } from '../../src/owners/files.ts'
import { withTasks } from '../index.ts'
import { pruneHistory } from './prune-history.ts'
import { pruneIdempotencyKeys } from './prune-idempotency-keys.ts'
import { pruneMails } from './prune-mails.ts'
import { purgeAccounts } from './purge-accounts.ts'
import { pruneSessions } from './prune-sessions.ts'
import { sealAuditLog } from './seal-audit-log.ts'
import { type OnMail, sendMail } from './send-mail.ts'
import { sweepFiles } from './sweep-files.ts'

/**
 * The tasks that do not belong to a plugin. `onMail` is called with the outcome of each sending
 * attempt; `files` stores the owners' files.
 */
export const registerCoreTasks =
  (settings: Settings, { onMail, files }: { onMail?: OnMail; files: OwnerFiles }): Plugin =>
  (config) =>
    withTasks(config, [
      sendMail(createMailDelivery(settings), onMail),
      pruneMails(settings),
      pruneSessions(settings),
      pruneIdempotencyKeys(settings),
      purgeAccounts(settings, files),
      pruneHistory(settings),
      sealAuditLog(settings),
      sweepFiles(settings),
    ])
