import { Readable } from 'node:stream'
import { rootCertificates } from 'node:tls'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { asciiAddress, type MailSender } from '../domain/mail-address.ts'
import type { Deliver, Delivery } from './deliver.ts'
import { messageProblem, mimeBytes } from './message.ts'
import { smtpServer, type SmtpServer } from './smtp-url.ts'
import { type Failure, type Progress, verdict } from './smtp-verdict.ts'

/** How long one try may take, in milliseconds: until it is greeted, of that the wait for the greeting, without a byte, and in all. */
export type SmtpLimits = { connectMs: number; greetingMs: number; silenceMs: number; wholeMs: number }

const LIMITS: SmtpLimits = { connectMs: 10_000, greetingMs: 10_000, silenceMs: 30_000, wholeMs: 120_000 }

/** A mail server by its URL, who mails are from, and where said the PEM of an authority to trust besides those of Node. */
export type SmtpOptions = { url: string; from: MailSender; limits?: Partial<SmtpLimits>; authority?: string }

/**
 * Sends mails over SMTP, each over a connection of its own with one recipient, which is closed however the try ends. Throws at once
 * for a URL that names no server. What happens at the edge counts as `unknown` rather than `later`: a mail should not come twice.
 */
export function smtpDelivery({ url, from, limits, authority }: SmtpOptions): Deliver {
  const server = smtpServer(url)
  if ('problem' in server) throw new Error(`SMTP_URL ${server.problem}.`)
  const within = { ...LIMITS, ...limits }
  const options = connectionOptions(server, within, authority)
  return async (message, signal) => {
    const problem = messageProblem(message)
    if (problem) return { outcome: 'refused', words: problem }
    const mail = { from: asciiAddress(from.address), to: asciiAddress(message.to), bytes: await mimeBytes(message, from) }
    if (signal.aborted) return { outcome: 'later', words: 'The try was stopped before it began.' }
    return oneTry(new SMTPConnection(options), server, mail, signal, within.wholeMs)
  }
}

function connectionOptions(server: SmtpServer, within: SmtpLimits, authority: string | undefined): SMTPConnectionOptions {
  return {
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTls,
    connectionTimeout: within.connectMs,
    greetingTimeout: within.greetingMs,
    socketTimeout: within.silenceMs,
    ...(authority ? { tls: { ca: [...rootCertificates, authority] } } : {}),
  }
}

type Mail = { from: string; to: string; bytes: Buffer }

async function oneTry(
  connection: SMTPConnection,
  server: SmtpServer,
  mail: Mail,
  signal: AbortSignal,
  wholeMs: number,
): Promise<Delivery> {
  const progress: Progress = { stage: 'connect', handedOver: false }
  const ended = endOf(connection, signal, wholeMs)
  try {
    return await Promise.race([ended.early, conversation(connection, server, mail, progress)])
  } catch (failure) {
    return verdict(failure as Failure, progress, server)
  } finally {
    ended.forget()
    connection.close()
  }
}

async function conversation(
  connection: SMTPConnection,
  { signIn }: SmtpServer,
  mail: Mail,
  progress: Progress,
): Promise<Delivery> {
  await called((done) => connection.connect(done))
  if (signIn) {
    progress.stage = 'sign-in'
    await called((done) => connection.login({ ...signIn }, done))
  }
  progress.stage = 'mail'
  return { outcome: 'sent', words: await handOver(connection, mail, progress) }
}

/** Resolves with the server's answer. The mail goes in slices, so that its end is not taken for handed over while the rest still waits. */
function handOver(connection: SMTPConnection, { from, to, bytes }: Mail, progress: Progress): Promise<string> {
  const source = Readable.from(slices(bytes), { objectMode: false })
  source.once('end', () => (progress.handedOver = true))
  return new Promise((resolve, reject) => {
    connection.send({ from, to: [to], size: bytes.length }, source, (failure, taken) => {
      if (!failure || failure.response) connection.quit()
      if (failure) reject(failure)
      else if (!progress.handedOver) reject(new Error('it answered before the end of the mail'))
      else resolve(taken.response)
    })
  })
}

/** What ends a try from outside the conversation: a broken connection, the caller, or the clock. */
function endOf(connection: SMTPConnection, signal: AbortSignal, wholeMs: number) {
  const stop = new AbortController()
  const early = new Promise<never>((_resolve, reject) => {
    const because = (why: string) => () => reject(new Error(why))
    const late = setTimeout(because(`it took longer than ${wholeMs} ms`), wholeMs)
    stop.signal.addEventListener('abort', () => clearTimeout(late))
    signal.addEventListener('abort', because('the try was stopped'), { signal: stop.signal })
    connection.on('error', reject)
    /* The failure that made it end is told right after, and says more. */
    connection.once('end', () => setImmediate(because('the connection ended')))
  })
  return { early, forget: () => stop.abort() }
}

function called(step: (done: (failure?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => step((failure) => (failure ? reject(failure) : resolve())))
}

const SLICE = 16_384

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += SLICE) yield bytes.subarray(from, from + SLICE)
}
