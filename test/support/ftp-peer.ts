import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { findProgram } from './find-program.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const SERVER = '/usr/sbin/vsftpd'

/** Whether this machine has an FTP server. */
export const findFtpServer = (): boolean =>
  findProgram({ file: SERVER, debianPackage: 'vsftpd', untested: 'Delivery by FTP is' })

/**
 * A real FTP server on loopback, for one user. `root` is what its users see as /, and `incoming`
 * the folder in it that they may write to. `fingerprint` is that of its certificate.
 */
export type FtpPeer = {
  port: number
  user: string
  password: string
  root: string
  incoming: string
  fingerprint: string
  stop: () => Promise<void>
  /** Starts it again at the same port, after a stop. */
  restart: () => Promise<void>
  close: () => Promise<void>
}

type FtpPeerOptions = {
  tls?: 'explicit' | 'implicit'
  /** Where files are stored, if not in a folder of the peer. */
  incoming?: string
  /** At most this many bytes a second. */
  maxRate?: number
}

/**
 * Starts one. It knows its user by a password alone: users of the system would need those of the
 * machine, so it is the anonymous user, who has to give this password.
 */
export async function openFtpServer(options: FtpPeerOptions = {}): Promise<FtpPeer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-ftp-'))
  chmodSync(folder, 0o755)
  const root = path.join(folder, 'root')
  const incoming = path.join(root, 'incoming')
  const password = 'sesame@feeds.example'
  await mkdir(incoming, { recursive: true })
  await mkdir(path.join(folder, 'empty'))
  if (options.incoming) execFileSync('mount', ['--bind', options.incoming, incoming])
  chmodSync(incoming, 0o777)
  await writeFile(path.join(folder, 'passwords'), `${password}\n`)
  const fingerprint = await writeCertificate(folder)
  const port = await findFreePort()
  const file = path.join(folder, 'vsftpd.conf')
  await writeFile(file, describeServer(folder, port, options))
  const start = () => startServer(SERVER, [file], port)
  let server: ServerProcess = await start()
  const stop = () => server.stop()
  return {
    port,
    user: 'anonymous',
    password,
    root,
    incoming,
    fingerprint,
    stop,
    restart: async () => {
      await stop()
      server = await start()
    },
    close: async () => {
      await stop()
      if (options.incoming) execFileSync('umount', ['-l', incoming])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Writes a key with a certificate that nobody else signed. Returns its fingerprint. */
async function writeCertificate(folder: string): Promise<string> {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(folder, name))
  const subject = ['-subj', '/CN=feeds.example', '-addext', 'subjectAltName=DNS:feeds.example']
  const files = ['-keyout', key ?? '', '-out', certificate ?? '']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files],
    { stdio: 'ignore' },
  )
  return new X509Certificate(await readFile(certificate ?? '')).fingerprint256
}

function describeServer(folder: string, port: number, { tls, maxRate }: FtpPeerOptions): string {
  const lines = {
    background: 'NO',
    listen: 'YES',
    listen_address: '127.0.0.1',
    listen_port: port,
    local_enable: 'NO',
    anonymous_enable: 'YES',
    ftp_username: 'daemon',
    nopriv_user: 'nobody',
    secure_chroot_dir: path.join(folder, 'empty'),
    anon_root: path.join(folder, 'root'),
    secure_email_list_enable: 'YES',
    email_password_file: path.join(folder, 'passwords'),
    write_enable: 'YES',
    anon_upload_enable: 'YES',
    anon_other_write_enable: 'YES',
    anon_world_readable_only: 'NO',
    anon_umask: '022',
    delay_failed_login: 0,
    seccomp_sandbox: 'NO',
    isolate: 'NO',
    isolate_network: 'NO',
    xferlog_enable: 'NO',
    ...(maxRate !== undefined && { anon_max_rate: maxRate }),
    ...(tls && describeTls(folder, tls)),
  }
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

const describeTls = (folder: string, tls: 'explicit' | 'implicit') => ({
  ssl_enable: 'YES',
  implicit_ssl: tls === 'implicit' ? 'YES' : 'NO',
  require_ssl_reuse: 'YES',
  allow_anon_ssl: 'YES',
  force_anon_logins_ssl: 'YES',
  force_anon_data_ssl: 'YES',
  ssl_ciphers: 'HIGH',
  rsa_cert_file: path.join(folder, 'certificate.pem'),
  rsa_private_key_file: path.join(folder, 'key.pem'),
})
