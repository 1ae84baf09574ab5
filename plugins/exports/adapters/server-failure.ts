import { getSystemErrorCode } from '../../../src/domain/system-error.ts'
import { DeliveryFailure, type DeliveryFailureKind } from '../domain/delivery-failure.ts'
import type { FeedServer } from './feed-channel.ts'

/** What was being done at a server when it failed. */
export type Stage = 'connect' | 'sign-in' | 'folder' | 'transfer' | 'rename'

type Explanation = { kind: DeliveryFailureKind; text: string }

/** The address of a server as people write it. */
export const formatServer = ({ host, port }: Pick<FeedServer, 'host' | 'port'>): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/**
 * An error at a server as one sentence. `reply` is what the server replied, empty if it did not.
 * The message of a connection that failed is the same for every reason, so that it does not reveal
 * which ports are open.
 */
export function explainFailure(
  server: FeedServer,
  stage: Stage,
  reply: string,
  error: unknown,
): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error
  const { kind, text } = describe(server, stage, reply, error)
  return new DeliveryFailure(kind, text, { cause: error })
}

function describe(server: FeedServer, stage: Stage, reply: string, error: unknown): Explanation {
  const [at, quote] = [formatServer(server), quoteReply(reply)]
  if (stage === 'connect')
    return {
      kind: 'unreachable',
      text: `${at} could not be reached, or is not such a server. Check its address and port.`,
    }
  if (isFull(reply, error))
    return { kind: 'full', text: `${at} could not store the file, its disk is full${quote}.` }
  if (reply === '')
    return { kind: 'interrupted', text: `${at} closed the connection or stopped responding.` }
  if (stage === 'sign-in')
    return {
      kind: 'sign-in',
      text: `${at} refused to sign in as ${server.user}${quote}. Check the user and password.`,
    }
  if (stage === 'folder')
    return {
      kind: 'folder',
      text: `The folder ${server.folder || '/'} on ${at} cannot be opened${quote}. Create it.`,
    }
  if (isTransient(reply))
    return { kind: 'interrupted', text: `${at} broke off the transfer${quote}.` }
  return { kind: 'refused', text: `${at} refused the file${quote}. Check the permissions there.` }
}

/** Whether a server, or this machine, ran out of space (RFC 959: 452 and 552). */
const isFull = (reply: string, error: unknown): boolean =>
  /^(452|552)\b/.test(reply) ||
  /no space|disk full|quota|failure writing to local file/i.test(reply) ||
  getSystemErrorCode(error) === 'ENOSPC'

const isTransient = (reply: string) => /^4\d\d\b/.test(reply)

const MAX_QUOTE = 150

/** The reply of a server, as a part of a sentence; a reply may contain anything. */
function quoteReply(reply: string): string {
  const line = reply.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return line === '' ? '' : ` (“${line.slice(0, MAX_QUOTE)}”)`
}
