import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { findProgram } from './find-program.ts'

const SERVER = '/usr/sbin/clamd'

/** The harmless text that scanners report (EICAR), in two parts, so that none reports this file. */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
)

/** What the daemon of these specs calls it: it has this signature alone. */
export const EICAR_NAME = 'Eicar-Test.UNOFFICIAL'

/** A real ClamAV daemon on loopback, which a test may stop and start at any moment. */
export type ClamdPeer = {
  url: string
  /** The same daemon by its socket file. */
  socketUrl: string
  freeze: () => void
  resume: () => void
  kill: () => Promise<void>
  restart: () => Promise<void>
  close: () => Promise<void>
}

/** Whether this machine has a ClamAV daemon. */
export const findClamd = (): boolean =>
  findProgram({
    file: SERVER,
    debianPackage: 'clamav-daemon',
    untested: 'Scanning uploads is',
  })

/** Starts a daemon that knows EICAR alone, so that it starts in a second. */
export async function openClamd({
  maxStreamBytes = 25_000_000,
  maxFileBytes = 25_000_000,
} = {}): Promise<ClamdPeer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-clamd-'))
  await chmod(folder, 0o755)
  const port = await findFreePort()
  const socket = path.join(folder, 'clamd.ctl')
  // A signature of a part of the text, anywhere in any file (type 0).
  const signature = `Eicar-Test:0:*:${EICAR.subarray(28).toString('hex')}\n`
  await writeFile(path.join(folder, 'eicar.ndb'), signature)
  const settings = [
    `DatabaseDirectory ${folder}`,
    'Foreground yes',
    'TCPAddr 127.0.0.1',
    `TCPSocket ${port}`,
    `LocalSocket ${socket}`,
    `TemporaryDirectory ${folder}`,
    `StreamMaxLength ${maxStreamBytes}`,
    `MaxFileSize ${maxFileBytes}`,
    'AlertExceedsMax yes',
    'MaxThreads 4',
    'SelfCheck 0',
  ]
  const configuration = path.join(folder, 'clamd.conf')
  await writeFile(configuration, `${settings.join('\n')}\n`)
  const start = async () => {
    const daemon = spawn(SERVER, ['-c', configuration], { stdio: 'ignore' })
    await untilAnswering(port)
    return daemon
  }
  let daemon = await start()
  const kill = async () => {
    if (daemon.exitCode !== null || daemon.signalCode !== null) return
    daemon.kill('SIGKILL')
    await once(daemon, 'exit')
  }
  return {
    url: `tcp://127.0.0.1:${port}`,
    socketUrl: `unix:${socket}`,
    freeze: () => void daemon.kill('SIGSTOP'),
    resume: () => void daemon.kill('SIGCONT'),
    kill,
    restart: async () => {
      await rm(socket, { force: true })
      daemon = await start()
    },
    close: async () => {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}

async function untilAnswering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1')
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (open) return
    await sleep(50)
  }
  throw new Error('ClamAV did not open its port.')
}
