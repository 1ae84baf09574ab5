import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { getService } from '../../../src/services.ts'
import { writeFeedFolder } from '../adapters/jekyll-folder.ts'
import { readZipEntries } from '../adapters/zip-reader.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import type { FeedName } from '../domain/feed-names.ts'
import type { ExportOptions } from '../options.ts'
import type { DeliverySettings } from '../store/delivery-settings.ts'
import type { RequestContext } from '../store/query.ts'
import { findReceiver } from './connect.ts'
import { loadFeedSecrets } from './feed-secrets.ts'
import { openDelivery } from './stored-files.ts'

/** A stored file to send. */
type SentFile = {
  fileKey: string | null
  fileName: string | null
  bytes: number | null
}

type SendOptions = {
  feed: FeedName
  settings: DeliverySettings
  options: ExportOptions
  signal: AbortSignal
}

/**
 * Sends a stored file to the receiver of its feed. A feed that is fetched needs nothing: its
 * address serves the last delivered file. Throws a DeliveryFailure, or the signal's reason.
 */
export async function sendFile(
  context: RequestContext,
  file: SentFile,
  { feed, settings, options, signal }: SendOptions,
): Promise<void> {
  if (settings.delivery === 'pull') return
  const storage = getService(context.payload, 'storages').feeds
  const open = () => openDelivery(storage, file)
  if (settings.delivery === 'folder') {
    const folder = findFolder(feed, options)
    await writeFeedFolder({ folder, entries: readZipEntries(await buffer(await open())), signal })
    return
  }
  const secrets = await loadFeedSecrets(context, feed)
  const { channel, server } = await findReceiver(feed, settings, secrets, options)
  const fileName = file.fileName ?? ''
  const tempName = `${fileName}.${feed}-${randomBytes(4).toString('hex')}.part`
  await channel.upload(server, { fileName, tempName, bytes: file.bytes ?? 0, open }, signal)
}

/** The folder of the cars of the Jekyll site. Throws a DeliveryFailure without one. */
export function findFolder(feed: FeedName, { jekyllFolder }: ExportOptions): string {
  if (feed !== 'jekyll')
    throw new DeliveryFailure('settings', 'Only the Jekyll site can be written to a folder.')
  if (jekyllFolder === null)
    throw new DeliveryFailure(
      'settings',
      'There is no folder to write to. An operator can set JEKYLL_FOLDER.',
    )
  return path.join(jekyllFolder, '_vehicles')
}
