import path from 'node:path'
import { type MailSender, mailSender } from '../domain/mail-address.ts'
import { type Settings, WrongSetting } from '../env.ts'
import type { Deliver } from './deliver.ts'
import { folderDelivery } from './outbox-folder.ts'
import { pacing } from './pacing.ts'
import { smtpDelivery } from './smtp.ts'

/** The way that mails leave: the server of SMTP_URL, else files in DATA_DIR. */
export function mailDelivery(settings: Settings): Deliver {
  const from = senderOf(settings)
  const { SMTP_URL: url, DATA_DIR: dataDir } = settings
  return url ? pacing(smtpDelivery({ url, from })) : folderDelivery({ folder: path.resolve(dataDir, 'outbox'), from })
}

/** Who mails are from. */
export function senderOf({ MAIL_FROM }: Pick<Settings, 'MAIL_FROM'>): MailSender {
  const from = mailSender(MAIL_FROM)
  if ('problem' in from) throw new WrongSetting(`MAIL_FROM can't be used: ${from.problem}`)
  return from
}
