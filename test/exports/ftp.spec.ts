import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createFtpChannel } from '../../plugins/exports/adapters/ftp.ts'
import {
  buildServer,
  buildUpload,
  describeUpload,
  FINAL_NAME,
  never,
  readReceived,
} from '../support/feed-uploads.ts'
import { findFtpServer, type FtpPeer, openFtpServer } from '../support/ftp-peer.ts'

const withFtp = findFtpServer() ? describe : describe.skip
const feed = 'google'
const WHOLE = { names: [FINAL_NAME], final: describeUpload(300_000) }

withFtp('by FTP', () => {
  let peer: FtpPeer
  const plain = createFtpChannel({ feed, security: 'none', stallMs: 2_000 })
  const locate = (about = {}) => buildServer({ port: peer.port, password: peer.password, ...about })
  beforeEach(async () => {
    peer = await openFtpServer()
  })
  afterEach(() => peer.close())

  it('a file replaces the one before, and nothing else is left', async () => {
    await plain.upload(locate(), buildUpload(10), never())
    await plain.upload(locate(), buildUpload(300_000), never())
    expect(await readReceived(peer.incoming)).toEqual(WHOLE)
  })

  it('an empty file is delivered, too', async () => {
    await plain.upload(locate(), buildUpload(0), never())
    expect(await readReceived(peer.incoming)).toEqual({
      names: [FINAL_NAME],
      final: describeUpload(0),
    })
  })

  it('a wrong password is named, and nothing is sent', async () => {
    const wrong = plain.upload(locate({ password: 'wrong' }), buildUpload(10), never())
    await expect(wrong).rejects.toMatchObject({
      kind: 'sign-in',
      isTemporary: false,
      message: expect.stringMatching(
        /refused to sign in as anonymous.*Check the user and password/,
      ),
    })
    expect(await readReceived(peer.incoming)).toEqual({ names: [], final: null })
  })

  it('a missing folder is named', async () => {
    const lost = plain.upload(locate({ folder: 'nowhere' }), buildUpload(10), never())
    await expect(lost).rejects.toMatchObject({
      kind: 'folder',
      message: expect.stringContaining('The folder nowhere'),
    })
  })

  it('a folder that we may not write to is refused, without a retry', async () => {
    const refused = plain.upload(locate({ folder: '' }), buildUpload(10), never())
    await expect(refused).rejects.toMatchObject({ kind: 'refused', isTemporary: false })
  })

  it('a file that arrives incomplete never gets the final name', async () => {
    await plain.upload(locate(), buildUpload(300_000), never())
    const short = plain.upload(locate(), buildUpload(10, 'b', 11), never())
    await expect(short).rejects.toMatchObject({
      kind: 'interrupted',
      message: 'The server stored 10 of the 11 bytes of cars.csv.',
    })
    expect(await readReceived(peer.incoming)).toEqual(WHOLE)
  })

  it('a server that is down cannot be reached, and can later', async () => {
    await peer.stop()
    const down = plain.upload(locate(), buildUpload(10), never())
    await expect(down).rejects.toMatchObject({ kind: 'unreachable', isTemporary: true })
    await peer.restart()
    await plain.upload(locate(), buildUpload(300_000), never())
    expect(await readReceived(peer.incoming)).toEqual(WHOLE)
  })

  it('what a killed delivery left is removed by the next one, and other files are not', async () => {
    await writeFile(path.join(peer.incoming, `${FINAL_NAME}.google-00112233.part`), 'half')
    await writeFile(path.join(peer.incoming, 'readme.part'), 'theirs')
    execFileSync('chown', ['-R', 'daemon', peer.incoming])
    await plain.upload(locate(), buildUpload(300_000), never())
    expect((await readReceived(peer.incoming)).names).toEqual([FINAL_NAME, 'readme.part'])
  })

  it('a test of the connection counts the files and changes nothing', async () => {
    await writeFile(path.join(peer.incoming, 'theirs.csv'), 'x')
    expect(await plain.test(locate(), never())).toEqual({ files: 1, fingerprint: null })
    expect((await readReceived(peer.incoming)).names).toEqual(['theirs.csv'])
  })

  it('a reader never sees a part of a file during 50 deliveries', async () => {
    const sizes = Array.from({ length: 50 }, (_, index) => 100_000 + index * 20_000)
    const whole = new Set(sizes.map((size) => describeUpload(size).sha256))
    const seen = new Set<string>()
    const reading = { done: false }
    const read = async () => {
      while (!reading.done) {
        const { final } = await readReceived(peer.incoming)
        if (final) seen.add(final.sha256)
        await sleep(1)
      }
    }
    const reader = read()
    for (const size of sizes) await plain.upload(locate(), buildUpload(size), never())
    reading.done = true
    await reader
    expect(seen.size).toBeGreaterThan(10)
    expect([...seen].filter((hash) => !whole.has(hash))).toEqual([])
  })
})

withFtp('when the server is killed in the middle', () => {
  let peer: FtpPeer
  const slow = createFtpChannel({ feed, security: 'none', stallMs: 3_000 })
  beforeAll(async () => {
    peer = await openFtpServer({ maxRate: 300_000 })
  })
  afterAll(() => peer.close())

  it('the delivery fails as interrupted, and the file before stays whole', async () => {
    const server = buildServer({ port: peer.port, password: peer.password })
    await slow.upload(server, buildUpload(1_000), never())
    const broken = slow.upload(server, buildUpload(3_000_000, 'b'), never())
    const killed = sleep(1_000).then(() => peer.stop())
    await expect(broken).rejects.toMatchObject({ kind: 'interrupted', isTemporary: true })
    await killed
    const { final, names } = await readReceived(peer.incoming)
    expect(final).toEqual(describeUpload(1_000))
    expect(names).toHaveLength(2) // the part, which a server that is gone keeps
    await peer.restart()
    await slow.upload(server, buildUpload(1_000, 'c'), never())
    expect(await readReceived(peer.incoming)).toEqual({
      names: [FINAL_NAME],
      final: describeUpload(1_000, 'c'),
    })
  }, 30_000)

  it('a delivery that is stopped ends at once with the reason, and leaves the file whole', async () => {
    const server = buildServer({ port: peer.port, password: peer.password })
    const stopping = new AbortController()
    const stopped = slow.upload(server, buildUpload(3_000_000, 'b'), stopping.signal)
    setTimeout(() => stopping.abort(new Error('stopped')), 500)
    await expect(stopped).rejects.toThrow('stopped')
    expect((await readReceived(peer.incoming)).final).toEqual(describeUpload(1_000, 'c'))
  })
})

withFtp('on a disk that is full', () => {
  let disk: string
  let peer: FtpPeer
  beforeAll(async () => {
    disk = await mkdtemp(path.join(tmpdir(), 'forecourt-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'tmpfs', disk])
    peer = await openFtpServer({ incoming: disk })
  })
  afterAll(async () => {
    await peer.close()
    execFileSync('umount', ['-l', disk])
    await rm(disk, { recursive: true, force: true })
  })

  it('the reason is the disk, the file before stays, and the room is free again', async () => {
    const channel = createFtpChannel({ feed, security: 'none', stallMs: 3_000 })
    const server = buildServer({ port: peer.port, password: peer.password })
    await channel.upload(server, buildUpload(300_000), never())
    const full = channel.upload(server, buildUpload(2_000_000, 'b'), never())
    await expect(full).rejects.toMatchObject({
      kind: 'full',
      message: expect.stringContaining('its disk is full'),
    })
    expect(await readReceived(peer.incoming)).toEqual(WHOLE)
    await channel.upload(server, buildUpload(400_000, 'c'), never())
    expect((await readReceived(peer.incoming)).final).toEqual(describeUpload(400_000, 'c'))
  })
})

withFtp('by FTP with TLS', () => {
  const peers: FtpPeer[] = []
  const open = async (tls: 'explicit' | 'implicit') => {
    const peer = await openFtpServer({ tls })
    peers.push(peer)
    return peer
  }
  afterAll(async () => {
    for (const peer of peers) await peer.close()
  })

  it.each(['explicit', 'implicit'] as const)(
    '(%s) a file goes to a server that requires the session of its control connection',
    async (security) => {
      const peer = await open(security)
      const channel = createFtpChannel({ feed, security, stallMs: 3_000 })
      const server = buildServer({
        port: peer.port,
        password: peer.password,
        pin: peer.fingerprint,
      })
      await channel.upload(server, buildUpload(10), never())
      await channel.upload(server, buildUpload(300_000), never())
      expect(await readReceived(peer.incoming)).toEqual(WHOLE)
      expect((await channel.test(server, never())).fingerprint).toBe(peer.fingerprint)
    },
  )

  it('a certificate that nobody vouches for is refused with its fingerprint, before the password', async () => {
    const peer = await open('explicit')
    const channel = createFtpChannel({ feed, security: 'explicit', stallMs: 3_000 })
    const server = buildServer({ port: peer.port, password: peer.password })
    await expect(channel.upload(server, buildUpload(10), never())).rejects.toMatchObject({
      kind: 'identity',
      message: expect.stringContaining(peer.fingerprint),
    })
    const other = { ...server, pin: 'AB:'.repeat(31) + 'AB' }
    await expect(channel.test(other, never())).rejects.toMatchObject({
      kind: 'identity',
      message: expect.stringContaining('another certificate than the pinned one'),
    })
    expect((await readReceived(peer.incoming)).names).toEqual([])
  })
})
