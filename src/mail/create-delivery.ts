import path from 'node:path'
import { type MailSender, parseMailSender } from '../domain/mail-address.ts'
import { type Settings, WrongSetting } from '../env.ts'
import type { Deliver } from './deliver.ts'
import { createFolderDelivery } from './outbox-folder.ts'
import { paceDelivery } from './pacing.ts'
import { createSmtpDelivery } from './smtp.ts'

/** The delivery of mails: to the server of SMTP_URL, else to files in DATA_DIR. */
export function createMailDelivery(settings: Settings): Deliver {
  const from = getMailSender(settings)
  const { SMTP_URL: url, DATA_DIR: dataDir } = settings
  return url
    ? paceDelivery(createSmtpDelivery({ url, from }))
    : createFolderDelivery({ folder: path.resolve(dataDir, 'outbox'), from })
}

/** The sender of mails. */
export function getMailSender({ MAIL_FROM }: Pick<Settings, 'MAIL_FROM'>): MailSender {
  const from = parseMailSender(MAIL_FROM)
  if ('problem' in from) throw new WrongSetting(`MAIL_FROM cannot be used: ${from.problem}`)
  return from
}
