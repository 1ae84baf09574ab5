import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createSftpChannel } from '../../plugins/exports/adapters/sftp.ts'
import {
  buildServer,
  buildUpload,
  describeUpload,
  FINAL_NAME,
  never,
  readReceived,
} from '../support/feed-uploads.ts'
import { findSshServer, openSshServer, type SftpPeer } from '../support/sftp-peer.ts'

const withSsh = findSshServer() ? describe : describe.skip
const channel = createSftpChannel({ feed: 'google', stallMs: 3_000 })

const locate = (peer: SftpPeer, about = {}) =>
  buildServer({
    port: peer.port,
    user: peer.user,
    privateKey: peer.privateKey,
    folder: peer.incoming,
    pin: peer.fingerprint,
    ...about,
  })

withSsh('by SFTP', () => {
  let peer: SftpPeer
  beforeAll(async () => {
    peer = await openSshServer()
  })
  afterAll(() => peer.close())

  it('a file replaces the one before, and nothing else is left', async () => {
    await writeFile(path.join(peer.incoming, `${FINAL_NAME}.google-00112233.part`), 'half')
    await channel.upload(locate(peer), buildUpload(10), never())
    await channel.upload(locate(peer), buildUpload(300_000), never())
    expect(await readReceived(peer.incoming)).toEqual({
      names: [FINAL_NAME],
      final: describeUpload(300_000),
    })
  })

  it('a test of the connection counts the files', async () => {
    expect(await channel.test(locate(peer), never())).toEqual({
      files: 1,
      fingerprint: peer.fingerprint,
    })
  })

  it('a key that the server does not know is refused, without a retry', async () => {
    const wrong = channel.upload(
      locate(peer, { privateKey: null, password: 'wrong' }),
      buildUpload(10),
      never(),
    )
    await expect(wrong).rejects.toMatchObject({
      kind: 'sign-in',
      isTemporary: false,
      message: expect.stringContaining(`refused to sign in as ${peer.user}`),
    })
  })

  it('a private key that is none is named', async () => {
    const wrong = channel.upload(
      locate(peer, { privateKey: 'not a key' }),
      buildUpload(10),
      never(),
    )
    await expect(wrong).rejects.toMatchObject({
      kind: 'settings',
      message: expect.stringContaining('The private key cannot be read'),
    })
  })

  it('a missing folder is named', async () => {
    const lost = channel.upload(locate(peer, { folder: '/nowhere' }), buildUpload(10), never())
    await expect(lost).rejects.toMatchObject({ kind: 'folder' })
  })

  it('a file that arrives incomplete never gets the final name', async () => {
    const short = channel.upload(locate(peer), buildUpload(10, 'b', 11), never())
    await expect(short).rejects.toMatchObject({ kind: 'interrupted' })
    expect((await readReceived(peer.incoming)).names).toEqual([FINAL_NAME])
  })

  it('without a pinned host key nothing is sent, and its fingerprint is shown', async () => {
    const first = channel.test(locate(peer, { pin: null }), never())
    await expect(first).rejects.toMatchObject({
      kind: 'identity',
      message: expect.stringContaining(peer.fingerprint),
    })
  })

  it('a reader never sees a part of a file during 15 deliveries', async () => {
    const sizes = Array.from({ length: 15 }, (_, index) => 100_000 + index * 20_000)
    const whole = new Set(sizes.map((size) => describeUpload(size).sha256))
    whole.add(describeUpload(300_000).sha256)
    const seen = new Set<string>()
    const reading = { done: false }
    const read = async () => {
      while (!reading.done) {
        const { final } = await readReceived(peer.incoming)
        seen.add(final?.sha256 ?? 'no file')
        await sleep(1)
      }
    }
    const reader = read()
    for (const size of sizes) await channel.upload(locate(peer), buildUpload(size), never())
    reading.done = true
    await reader
    expect(seen.size).toBeGreaterThan(3)
    expect([...seen].filter((hash) => !whole.has(hash))).toEqual([])
  }, 60_000)

  it('when the server is killed in the middle, the file before stays whole', async () => {
    const { final } = await readReceived(peer.incoming)
    const broken = channel.upload(locate(peer), buildUpload(400_000_000, 'b'), never())
    setTimeout(() => void peer.stop(), 400)
    await expect(broken).rejects.toMatchObject({ kind: 'interrupted', isTemporary: true })
    expect((await readReceived(peer.incoming)).final).toEqual(final)
    const down = channel.upload(locate(peer), buildUpload(10), never())
    await expect(down).rejects.toMatchObject({ kind: 'unreachable', isTemporary: true })
    await peer.restart()
    await channel.upload(locate(peer), buildUpload(20), never())
    expect((await readReceived(peer.incoming)).names).toEqual([FINAL_NAME])
  }, 30_000)

  it('when the server is killed at the first bytes, the delivery ends', async () => {
    const broken = channel.upload(locate(peer), buildUpload(400_000_000, 'b'), never())
    const hasBegun = async () => (await readdir(peer.incoming)).some((name) => /part$/.test(name))
    const kill = async () => {
      for (let tries = 0; tries < 1_000 && !(await hasBegun()); tries++) await sleep(2)
      await peer.stop()
    }
    const killed = kill()
    await expect(broken).rejects.toMatchObject({ kind: 'interrupted', isTemporary: true })
    await killed
    await peer.restart()
    await channel.upload(locate(peer), buildUpload(20), never())
    expect((await readReceived(peer.incoming)).names).toEqual([FINAL_NAME])
  }, 30_000)

  it('a server with another host key gets nothing', async () => {
    await peer.replaceHostKey()
    const other = channel.upload(locate(peer), buildUpload(10), never())
    await expect(other).rejects.toMatchObject({
      kind: 'identity',
      isTemporary: false,
      message: expect.stringContaining('another host key than the pinned one'),
    })
  })
})

withSsh('by SFTP to a disk that is full', () => {
  let disk: string
  let peer: SftpPeer
  beforeAll(async () => {
    disk = await mkdtemp(path.join(tmpdir(), 'forecourt-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
    peer = await openSshServer({ incoming: disk })
  })
  afterAll(async () => {
    await peer.close()
    execFileSync('umount', ['-l', disk])
    await rm(disk, { recursive: true, force: true })
  })

  it('the reason is the disk, the file before stays, and the room is free again', async () => {
    await channel.upload(locate(peer), buildUpload(300_000), never())
    const full = channel.upload(locate(peer), buildUpload(2_000_000, 'b'), never())
    await expect(full).rejects.toMatchObject({
      kind: 'full',
      message: expect.stringContaining('disk is probably full'),
    })
    expect(await readReceived(disk)).toEqual({
      names: [FINAL_NAME],
      final: describeUpload(300_000),
    })
    await channel.upload(locate(peer), buildUpload(400_000, 'c'), never())
    expect((await readReceived(disk)).final).toEqual(describeUpload(400_000, 'c'))
  })
})
