import { isIP } from 'node:net'
import type { Field, UIField } from 'payload'
import { choice } from '../../../src/fields/choice.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'
import { checkbox, text } from '../../../src/fields/text.ts'
import { CHANNELS, type ChannelName, findFolderProblem } from '../domain/channels.ts'
import { findCertificateProblem, findHostKeyProblem } from '../domain/fingerprints.ts'

/** Shows a field only if the feed is delivered in one of these ways. */
const shownFor = (...channels: ChannelName[]) => ({
  admin: {
    condition: (data: { delivery?: unknown }) =>
      channels.some((channel) => channel === data.delivery),
  },
})

const PUSHED = shownFor('ftp', 'ftps', 'sftp')

/** The last deliveries, the buttons, and the credentials, on the screen of a feed. */
const DELIVERIES: UIField = {
  type: 'ui',
  name: 'deliveries',
  admin: {
    disableListColumn: true,
    components: { Field: '/plugins/exports/admin/feed-delivery.tsx#FeedDelivery' },
  },
}

/**
 * How a feed is delivered. Passwords, keys and the key of the pull address are not fields: they
 * are stored encrypted or hashed in `feed_secrets`, and can be written but not read.
 */
export const feedDeliveryFields = (): Field[] => [
  row(
    choice('delivery', 20, CHANNELS, {
      required: true,
      defaultValue: 'none',
      description: 'How the receiver gets the file.',
      ...third,
    }),
    text('host', 255, {
      ...third,
      ...PUSHED,
      label: 'Server',
      description: 'Its name or IP address, such as ftp.example.com.',
      validate: (value) => !value || (findHostProblem(value) ?? true),
    }),
    wholeNumber('port', {
      min: 1,
      max: 65_535,
      ...third,
      ...PUSHED,
      description: 'Empty for the usual one: 21, 990 for implicit TLS, 22 for SFTP.',
    }),
  ),
  row(
    text('userName', 100, { ...third, ...PUSHED, label: 'User' }),
    text('folder', 255, {
      ...third,
      ...PUSHED,
      label: 'Folder',
      description: 'On the server; empty for the one after signing in.',
      validate: (value) => !value || (findFolderProblem(value) ?? true),
    }),
    checkbox('implicitTls', {
      defaultValue: false,
      ...third,
      ...shownFor('ftps'),
      label: 'Implicit TLS',
      description: 'Only for servers that expect TLS from the first byte, mostly on port 990.',
    }),
  ),
  row(
    text('hostKey', 60, {
      ...shownFor('sftp'),
      label: 'Fingerprint of the host key',
      description:
        'SHA256:… of the server. Test the connection to see it, and compare it with what the ' +
        'receiver published. Nothing is sent to a server with another key.',
      validate: (value) => !value || (findHostKeyProblem(value) ?? true),
    }),
    text('certificate', 95, {
      ...shownFor('ftps'),
      label: 'Fingerprint of the certificate',
      description:
        'Only for a server whose certificate is not issued by a public authority: its SHA-256 ' +
        'fingerprint. Test the connection to see it. Then only this certificate is accepted.',
      validate: (value) => !value || (findCertificateProblem(value) ?? true),
    }),
  ),
  DELIVERIES,
]

const HOST_NAME = /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i

/** Why a text is not the host of a server; null if it is one. */
function findHostProblem(host: string): string | null {
  if (isIP(host) > 0 || (HOST_NAME.test(host) && !/^[\d.]+$/.test(host))) return null
  return (
    'must be a host name or an IP address such as ftp.example.com, without ftp:// and without a ' +
    `port, not ${JSON.stringify(host.slice(0, 60))}`
  )
}
