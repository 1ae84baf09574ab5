import type { Plugin } from 'payload'
import type { Settings } from '../../src/env.ts'
import { mailDelivery } from '../../src/mail/delivery-of-settings.ts'
import { withTasks } from '../index.ts'
import { pruneHistory } from './prune-history.ts'
import { pruneMails } from './prune-mails.ts'
import { pruneSessions } from './prune-sessions.ts'
import { type OnMail, sendMail } from './send-mail.ts'

/** The tasks that belong to no room. `onMail` hears what became of each try to send one. */
export const coreTasks =
  (settings: Settings, onMail?: OnMail): Plugin =>
  (config) =>
    withTasks(config, [
      sendMail(mailDelivery(settings), onMail),
      pruneMails(settings),
      pruneSessions(settings),
      pruneHistory(settings),
    ])
