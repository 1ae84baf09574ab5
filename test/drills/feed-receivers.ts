import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import { openFtpServer } from '../support/ftp-peer.ts'
import { openSshServer } from '../support/sftp-peer.ts'

/** A real server of a receiver, on loopback, whose files are on a small disk of its own. */
export type Receiver = {
  name: string
  feed: FeedName
  delivery: 'ftp' | 'sftp'
  port: number
  user: string
  /** The folder, as a delivery names it, and as this machine does. */
  remoteFolder: string
  folder: string
  /** The file of the feed, as this machine names it. */
  file: string
  hostKey: string | null
  credentials: object
  wrongCredentials: object
  stop: () => Promise<void>
  restart: () => Promise<void>
  close: () => Promise<void>
}

const DISK = '64m'
/** Slow enough that a transfer is met in its middle. */
const BYTES_PER_SECOND = 3_000_000

/** Starts an FTP server and an SSH server. Needs to be root, to mount their disks. */
export async function openReceivers(folder: string): Promise<Receiver[]> {
  return [await openFtp(path.join(folder, 'ftp')), await openSftp(path.join(folder, 'sftp'))]
}

async function openFtp(disk: string): Promise<Receiver> {
  await mountDisk(disk)
  const peer = await openFtpServer({ incoming: disk, maxRate: BYTES_PER_SECOND })
  return {
    name: 'FTP',
    feed: 'google',
    delivery: 'ftp',
    port: peer.port,
    user: peer.user,
    remoteFolder: 'incoming',
    folder: disk,
    file: path.join(disk, 'google.csv'),
    hostKey: null,
    credentials: { password: peer.password },
    wrongCredentials: { password: 'wrong' },
    stop: peer.stop,
    restart: peer.restart,
    close: async () => {
      await peer.close()
      unmountDisk(disk)
    },
  }
}

async function openSftp(disk: string): Promise<Receiver> {
  await mountDisk(disk)
  const peer = await openSshServer({ incoming: disk })
  return {
    name: 'SFTP',
    feed: 'facebook',
    delivery: 'sftp',
    port: peer.port,
    user: peer.user,
    remoteFolder: disk,
    folder: disk,
    file: path.join(disk, 'facebook.csv'),
    hostKey: peer.fingerprint,
    credentials: { password: null, privateKey: peer.privateKey },
    wrongCredentials: { password: 'wrong', privateKey: null },
    stop: peer.stop,
    restart: peer.restart,
    close: async () => {
      await peer.close()
      unmountDisk(disk)
    },
  }
}

async function mountDisk(disk: string): Promise<void> {
  await mkdir(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk])
}

const unmountDisk = (disk: string) => execFileSync('umount', ['-l', disk])
