import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createPicture, uploadPhoto } from '../support/http-photos.ts'
import { createPdf, listLeftovers, saveDocument, uploadFile } from '../support/owner-files.ts'

/** A folder on a disk of its own that is soon full; null where this user may not mount one. */
async function mountSmall(): Promise<string | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    return null
  }
}

const small = await mountSmall()
if (!small)
  process.stderr.write(
    'SKIPPED: a full disk needs the right to mount one. Run this spec as root.\n',
  )
const onSmallDisk = small ? describe : describe.skip

onSmallDisk('on a disk that is full', () => {
  let forecourt: TestForecourt
  let manager: Api
  let noise: Buffer
  beforeAll(async () => {
    forecourt = await openForecourt({ MEDIA_DIR: small ?? '' })
    manager = await forecourt.as('manager')
    const raw = { width: 1200, height: 1200, channels: 3 as const }
    noise = await sharp(randomBytes(1200 * 1200 * 3), { raw })
      .jpeg({ quality: 95 })
      .toBuffer()
  }, 120_000)
  afterAll(async () => {
    await forecourt.close()
    execFileSync('umount', [small ?? ''])
    await rm(small ?? '', { recursive: true, force: true })
  })
  const files = () => readdir(small ?? '')

  it(
    'an upload is 507 with the reason and the way out, and leaves nothing; with room it works ' +
      'again',
    async () => {
      let kept: string[] = []
      let status = 201
      for (let tries = 0; tries < 8 && status === 201; tries++) {
        kept = await files()
        const answer = await uploadPhoto(manager, noise)
        status = answer.status
        if (status !== 201)
          expect(answer.body.errors[0].message).toContain('the disk of this server is full')
      }
      expect(status).toBe(507)
      expect(await files()).toEqual(kept)
      for (let tries = 0; tries < 3; tries++) await uploadPhoto(manager, noise).expect(507)
      expect(await files()).toEqual(kept)
      const { rows } = await forecourt.sql('select filename from media')
      expect(rows).toHaveLength(kept.length / 3)
      await manager.get('/healthz').expect(200)
      const admin = await forecourt.as('admin')
      await admin.delete('/api/media?where[id][exists]=true').expect(200)
      expect(await files()).toEqual([])
      await uploadPhoto(manager, noise).expect(201)
    },
    120_000,
  )

  it('an upload whose temporary file finds no room is 507, too', async () => {
    const folder = forecourt.payload.config.upload.tempFileDir ?? ''
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder])
    try {
      await uploadPhoto(manager, noise).expect(507)
      await uploadPhoto(manager, await createPicture(8, 8).jpeg().toBuffer()).expect(201)
      expect(await readdir(folder)).toEqual([])
      await writeFile(path.join(folder, 'filler'), Buffer.alloc(65_536))
      await uploadPhoto(manager, await createPicture(640, 480).jpeg().toBuffer()).expect(507)
    } finally {
      execFileSync('umount', [folder])
    }
  })

  it('a file of an owner is 507, and leaves nothing', async () => {
    const owner = await forecourt.asOwner()
    const { document } = await saveDocument(forecourt, owner)
    const folder = path.join(forecourt.settings.DATA_DIR, 'files')
    await mkdir(folder, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
    try {
      for (let tries = 0; tries < 3; tries++) {
        const answer = await uploadFile(owner.api, `documents/${document}`, noise, 'a.jpg')
        expect(answer.status).toBe(507)
      }
      expect(await listLeftovers(forecourt)).toEqual({ stored: [], received: [] })
      const { body } = await owner.api.get(`/api/documents/${document}/files`).expect(200)
      expect(body).toEqual({ files: [] })
      const pdf = await createPdf()
      await uploadFile(owner.api, `documents/${document}`, pdf, 'a.pdf').expect(201)
    } finally {
      execFileSync('umount', [folder])
    }
  })
})
