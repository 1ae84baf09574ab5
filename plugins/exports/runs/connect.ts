import { asEgressFailure } from '../../../src/egress/failure.ts'
import { Gate } from '../../../src/egress/gate.ts'
import type { FeedChannel, FeedServer } from '../adapters/feed-channel.ts'
import { createFtpChannel } from '../adapters/ftp.ts'
import { getDefaultPort } from '../domain/channels.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import { FEEDS, type FeedName } from '../domain/feed-names.ts'
import type { ExportOptions } from '../options.ts'
import type { DeliverySettings } from '../store/delivery-settings.ts'
import type { FeedSecrets } from './feed-secrets.ts'

/** A receiver's server and how to send files to it. */
export type Receiver = { channel: FeedChannel; server: FeedServer }

/** The channel of a feed that is sent to a server. Throws for any other feed. */
async function createChannel(
  feed: FeedName,
  { delivery, implicitTls }: DeliverySettings,
): Promise<FeedChannel> {
  if (delivery === 'sftp') {
    const { createSftpChannel } = await import('../adapters/sftp.ts') // its library is slow to load
    return createSftpChannel({ feed })
  }
  if (delivery === 'ftp') return createFtpChannel({ feed, security: 'none' })
  if (delivery === 'ftps')
    return createFtpChannel({ feed, security: implicitTls ? 'implicit' : 'explicit' })
  throw new DeliveryFailure('settings', `${FEEDS[feed]} is not sent to a server.`)
}

/**
 * Finds the receiver of a feed, and checks that its address may be reached: one on the public
 * internet, or one that the operator allowed. Connect only to the returned address. Throws a
 * DeliveryFailure.
 */
export async function findReceiver(
  feed: FeedName,
  settings: DeliverySettings,
  secrets: FeedSecrets,
  { allowedServers }: Pick<ExportOptions, 'allowedServers'>,
): Promise<Receiver> {
  const channel = await createChannel(feed, settings)
  const { delivery, host, implicitTls, userName: user } = settings
  if (host === null) throw createSettingsFailure(feed, 'the server')
  if (user === null) throw createSettingsFailure(feed, 'the user')
  if (secrets.password === null && (delivery !== 'sftp' || secrets.privateKey === null))
    throw createSettingsFailure(feed, 'the password')
  const port = settings.port ?? getDefaultPort(delivery, implicitTls === true)
  const address = await findAddress(host, port, allowedServers)
  const pin = delivery === 'sftp' ? settings.hostKey : settings.certificate
  const folder = settings.folder ?? ''
  return { channel, server: { address, host, port, user, folder, pin, ...secrets } }
}

const createSettingsFailure = (feed: FeedName, missing: string) =>
  new DeliveryFailure('settings', `${FEEDS[feed]} cannot be delivered: enter ${missing} first.`)

/** Every kind of server is named as FTP here: origins of other schemes cannot be compared. */
async function findAddress(
  hostname: string,
  port: number,
  allowed: readonly string[],
): Promise<string> {
  const gate = new Gate(allowed.map((server) => `ftp://${server}`))
  try {
    const [address] = await gate.resolveAddresses({ protocol: 'ftp:', hostname, port })
    if (address !== undefined) return address
  } catch (error) {
    const failure = asEgressFailure(error)
    if (!failure) throw error
  }
  throw new DeliveryFailure(
    'settings',
    `${hostname} has no address on the public internet, so nothing is sent there. An operator ` +
      'can allow servers on this network with FEED_ALLOWED_SERVERS.',
  )
}
