import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MailSender } from '../domain/mail-address.ts'
import { createFolder } from '../folders.ts'
import type { Deliver, Delivery } from './deliver.ts'
import { findMessageProblem, buildMime } from './message.ts'

/** The folder that stores mails as files instead of sending them, and the sender. */
export type OutboxFolder = { folder: string; from: MailSender }

/**
 * Writes mails to a folder, as `<id>.eml` each, for a machine without a mail server. A file is
 * written completely or not at all, and is readable only by this user; a further attempt replaces
 * it. If the folder cannot be written to, the mail is tried again later.
 */
export function createFolderDelivery({ folder, from }: OutboxFolder): Deliver {
  return async (message, signal) => {
    const problem = findMessageProblem(message)
    if (problem) return { outcome: 'refused', detail: problem }
    const file = join(folder, `${message.id.toLowerCase()}.eml`)
    const bytes = await buildMime(message, from)
    if (signal.aborted)
      return {
        outcome: 'later',
        detail: `The attempt was stopped before the e-mail was written to ${folder}.`,
      }
    return saveMail(folder, file, bytes)
  }
}

async function saveMail(folder: string, file: string, bytes: Buffer): Promise<Delivery> {
  try {
    createFolder(folder, 0o700)
    await writeAtomically(join(folder, `.${randomUUID()}.unfinished`), file, bytes)
    return { outcome: 'sent', detail: `Written to ${file}.` }
  } catch (error) {
    return {
      outcome: 'later',
      detail:
        `The e-mail could not be written to ${folder}: ${String(error)}. Free some space ` +
        'there, or grant write permission.',
    }
  }
}

async function writeAtomically(unfinished: string, file: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(unfinished, bytes, { mode: 0o600, flag: 'wx', flush: true })
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
