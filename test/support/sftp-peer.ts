import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { findProgram } from './find-program.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const SERVER = '/usr/sbin/sshd'

/** Whether this machine has an SSH server. */
export const findSshServer = (): boolean =>
  findProgram({ file: SERVER, debianPackage: 'openssh-server', untested: 'Delivery by SFTP is' })

/**
 * A real SSH server on loopback that offers SFTP alone, to the user of this process, by a private
 * key. `incoming` is a folder for files, by its full path.
 */
export type SftpPeer = {
  port: number
  user: string
  privateKey: string
  incoming: string
  fingerprint: string
  stop: () => Promise<void>
  restart: () => Promise<void>
  /** Starts it again with another host key. */
  replaceHostKey: () => Promise<void>
  close: () => Promise<void>
}

/** Starts one. Files are stored in `incoming`, or in a folder of the peer. */
export async function openSshServer({ incoming }: { incoming?: string } = {}): Promise<SftpPeer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-ssh-'))
  const files = incoming ?? path.join(folder, 'incoming')
  await mkdir(files, { recursive: true })
  const port = await findFreePort()
  createKey(path.join(folder, 'user_key'))
  createKey(path.join(folder, 'host_key'))
  const config = path.join(folder, 'sshd_config')
  await writeFile(config, describeServer(folder, port))
  const start = async () => {
    // A folder that every sshd of the system needs, and that a boot would create.
    if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
    return startServer(SERVER, ['-D', '-e', '-f', config], port)
  }
  let server: ServerProcess = await start()
  const restart = async () => {
    await server.stop()
    server = await start()
  }
  return {
    port,
    user: userInfo().username,
    privateKey: await readFile(path.join(folder, 'user_key'), 'utf8'),
    incoming: files,
    fingerprint: readFingerprint(path.join(folder, 'host_key.pub')),
    stop: () => server.stop(),
    restart,
    replaceHostKey: async () => {
      await rm(path.join(folder, 'host_key'))
      createKey(path.join(folder, 'host_key'))
      await restart()
    },
    close: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const createKey = (file: string) =>
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file], {
    stdio: 'ignore',
  })

const readFingerprint = (file: string): string =>
  /SHA256:\S+/.exec(execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' }))?.[0] ?? ''

const describeServer = (folder: string, port: number): string => `
ListenAddress 127.0.0.1
Port ${port}
HostKey ${path.join(folder, 'host_key')}
AuthorizedKeysFile ${path.join(folder, 'user_key.pub')}
PidFile none
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
ForceCommand internal-sftp
`
