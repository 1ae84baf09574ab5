import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

/**
 * What the peer does with a mail once it knows the recipient. `cut` breaks the connection, `silent`
 * holds it and says nothing more.
 */
export type RecipientBehavior =
  | 'accept'
  | `${'421' | '452' | '550'} at RCPT`
  | `${'451' | '554' | 'cut' | 'silent'} after DATA`
  | 'cut during DATA'
/** What the peer does with a connection; the greeting comes before any recipient. */
export type PeerBehavior =
  RecipientBehavior | 'silent at greeting' | '554 at greeting' | '530 at MAIL'

/**
 * A mail that the peer has whole. `answered` is whether it told the sender so; after `cut` and
 * `silent` it did not. Domains in recipients are read back from ASCII; `unicode` is whether the
 * sender wanted to say them in other letters.
 */
export type ReceivedMail = {
  from: string
  recipients: readonly string[]
  unicode: boolean
  bytes: Buffer
  messageId: string | null
  answered: boolean
}

/**
 * `signIn`: whoever comes in has to say these; `words` are the answer to others. `tls`: from the
 * first byte, or by STARTTLS.
 */
export type PeerOptions = {
  signIn?: { user: string; pass: string; refusal?: string }
  tls?: 'implicit' | 'starttls'
  size?: number
}

/**
 * A real SMTP server on a free port of loopback. It can be stopped and started again, on the same
 * port.
 */
export type SmtpPeer = {
  readonly port: number
  /** `smtp://` or `smtps://` with the port, and with user and password where there are some. */
  readonly url: string
  /** Every mail that it had whole, in their order, also across a stop. */
  readonly mails: readonly ReceivedMail[]
  /** How many connections have come in so far, and how many of them are open now. */
  connections: () => { soFar: number; open: number }
  /** From now on, whatever nothing else is said about. */
  setBehavior: (behaviour: PeerBehavior) => void
  /** The next connections, before `always`. Several calls queue up. */
  queueBehavior: (behaviour: PeerBehavior, times?: number) => void
  /** Mails to this recipient, before everything else; null forgets it. */
  setRecipientBehavior: (recipient: string, behaviour: RecipientBehavior | null) => void
  /** Resolves when the condition holds, looked at every 10 ms; fails after `timeoutMs` ms. */
  waitUntil: (condition: (peer: SmtpPeer) => boolean, timeoutMs?: number) => Promise<void>
  /** Breaks every connection and takes no new one. */
  stop: () => Promise<void>
  start: () => Promise<void>
}

/** Trusted by nobody: a certificate for localhost and 127.0.0.1 until 2120, its own authority. */
export const PEER_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABG/2CxPa67t0UQuh
lM6FB5kk7PCF+0+B4if8PNjo8z4NCRs0XcyeVF1AygIqGyv/oJzW3jW67XzFhYai
z4NTGD+jTjBMMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0
hwR/AAABMB0GA1UdDgQWBBQ38ui7vOCcB91kfG+uT53xexNEEjAKBggqhkjOPQQD
AgNIADBFAiA6ngJvxDts2fTJmyRbofPLzgXAMXK2dtj7Pqi+tKDMOwIhAMQ7kEdR
p5gLZSBuXbhSMu2qDWbPX6MLDHUVO+fC42bw
-----END CERTIFICATE-----
`
const PEER_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbWOnmCDy3nz+p+8R
w7Pb35JFl6D+DDf2J5A97LevQg+hRANCAARv9gsT2uu7dFELoZTOhQeZJOzwhftP
geIn/DzY6PM+DQkbNF3MnlRdQMoCKhsr/6Cc1t41uu18xYWGos+DUxg/
-----END PRIVATE KEY-----
`

export async function startSmtpPeer(options: PeerOptions = {}): Promise<SmtpPeer> {
  const mails: ReceivedMail[] = []
  /*
   * By the client's port. Encryption ends from above, as Node falls over when the socket below is
   * destroyed: null until it stands.
   */
  const sockets = new Map<number | undefined, Socket | null>()
  const queued: PeerBehavior[] = []
  const bySession = new Map<string, PeerBehavior>()
  const byRecipient = new Map<string, RecipientBehavior>()
  let usual: PeerBehavior = 'accept'
  let soFar = 0
  let port = 0
  let server: SMTPServer | null = null

  const behaviourOf = ({ id, envelope }: SMTPServerSession): PeerBehavior => {
    const recipient = envelope.rcptTo[0]?.address ?? ''
    return byRecipient.get(recipient) ?? bySession.get(id) ?? usual
  }
  const follow = (port: number | undefined, socket: Socket, top: Socket | null) => {
    sockets.set(port, top)
    socket.once('close', () => sockets.delete(port))
  }
  const receive = async (
    ...[stream, session, answer]: Parameters<NonNullable<SMTPServerOptions['onData']>>
  ) => {
    const behaviour = behaviourOf(session)
    const cut = () => sockets.get(session.remotePort)?.destroy()
    if (behaviour === 'cut during DATA') return void stream.once('data', cut)
    const bytes = await buffer(stream)
    const refused = findRefusal('DATA', behaviour)
    if (refused) return answer(refused)
    const { mailFrom, rcptTo, smtpUtf8 = false } = session.envelope
    const answered = behaviour !== 'cut after DATA' && behaviour !== 'silent after DATA'
    const from = mailFrom ? mailFrom.address : ''
    const recipients = rcptTo.map(({ address }) => address)
    mails.push({
      from,
      recipients,
      unicode: smtpUtf8,
      bytes,
      messageId: readMessageId(bytes),
      answered,
    })
    if (behaviour === 'cut after DATA') cut()
    if (answered) answer(null, `OK queued as ${mails.length}`)
  }
  const handlers: SMTPServerOptions = {
    onConnect: (session, answer) => {
      const behaviour = queued.shift() ?? usual
      bySession.set(session.id, behaviour)
      if (behaviour !== 'silent at greeting') answer(findRefusal('greeting', behaviour))
    },
    onSecure: (socket, { remotePort }, answer) => {
      follow(remotePort, socket, socket)
      answer()
    },
    onClose: ({ id }) => void bySession.delete(id),
    onAuth: ({ username, password }, _session, answer) => {
      const {
        user,
        pass,
        refusal: refusalText = 'Authentication credentials invalid',
      } = options.signIn ?? { user: '', pass: '' }
      if (username === user && password === pass) answer(null, { user })
      else answer(buildRefusal(535, refusalText))
    },
    onMailFrom: (_address, session, answer) => answer(findRefusal('MAIL', behaviourOf(session))),
    onRcptTo: ({ address }, session, answer) =>
      answer(findRefusal('RCPT', byRecipient.get(address) ?? behaviourOf(session))),
    onData: (stream, session, answer) =>
      void receive(stream, session, answer).catch(() => 'The client went away.'),
  }
  const start = async () => {
    if (server) return
    const made = new SMTPServer({ ...buildServerOptions(options), ...handlers })
    /* A client that goes away is no failure of the peer. */
    made.on('error', () => undefined)
    made.server.on('connection', (socket: Socket) => {
      soFar++
      follow(socket.remotePort, socket, options.tls ? null : socket)
    })
    made.listen(port, '127.0.0.1')
    await once(made.server, 'listening')
    port = (made.server.address() as AddressInfo).port
    server = made
  }
  await start()
  const credentials = options.signIn
    ? `${encodeURIComponent(options.signIn.user)}:${encodeURIComponent(options.signIn.pass)}@`
    : ''
  const peer: SmtpPeer = {
    port,
    url: `${options.tls === 'implicit' ? 'smtps' : 'smtp'}://${credentials}127.0.0.1:${port}`,
    mails,
    connections: () => ({ soFar, open: sockets.size }),
    setBehavior: (behaviour) => void (usual = behaviour),
    queueBehavior: (behaviour, times = 1) =>
      void queued.push(...Array<PeerBehavior>(times).fill(behaviour)),
    setRecipientBehavior: (recipient, behaviour) =>
      void (behaviour ? byRecipient.set(recipient, behaviour) : byRecipient.delete(recipient)),
    waitUntil: async (condition, timeoutMs = 10_000) => {
      for (
        const end = Date.now() + timeoutMs;
        !condition(peer);
        await new Promise((resolve) => setTimeout(resolve, 10))
      )
        if (Date.now() > end)
          throw new Error(
            `The SMTP peer did not come to it in ${timeoutMs} ms; it has ${mails.length} mails.`,
          )
    },
    stop: async () => {
      const stopped = server
      if (!stopped) return
      server = null
      for (const socket of sockets.values()) socket?.destroy()
      await new Promise<void>((resolve) => stopped.close(resolve))
    },
    start,
  }
  return peer
}

/**
 * A server without the waits and look-ups that a test has no use for, and silent for ten minutes
 * where it is to be.
 */
function buildServerOptions({ signIn, tls, size }: PeerOptions): SMTPServerOptions {
  return {
    secure: tls === 'implicit',
    cert: PEER_CERTIFICATE,
    key: PEER_KEY,
    ...(size === undefined ? {} : { size }),
    disabledCommands: [...(tls === 'starttls' ? [] : ['STARTTLS']), ...(signIn ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    socketTimeout: 600_000,
    closeTimeout: 1_000,
  }
}

/**
 * What a behaviour such as `452 at RCPT` answers at this step; null where it says nothing about it.
 */
function findRefusal(
  step: 'greeting' | 'MAIL' | 'RCPT' | 'DATA',
  behavior: PeerBehavior,
): Error | null {
  const code = behavior.endsWith(` ${step}`) ? Number.parseInt(behavior, 10) : NaN
  return code ? buildRefusal(code, code < 500 ? 'Come back later' : 'Not taken') : null
}

const buildRefusal = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode })

function readMessageId(bytes: Buffer): string | null {
  const head = bytes.toString('latin1').split('\r\n\r\n', 1)[0] ?? ''
  return /^message-id:\s*(<[^>]+>)/im.exec(head)?.[1] ?? null
}
