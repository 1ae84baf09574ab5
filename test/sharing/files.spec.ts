import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aFuelLog, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  createImages,
  download,
  type FileAnswer,
  fileOf,
  sendRaw,
  uploadFile,
} from '../support/owner-files.ts'
import type { Owner } from '../support/owners.ts'
import { inviteGuest, offerTo, readId, saveVerifiedOwner, shareWith } from '../support/sharing.ts'

const RANGE = { range: 'bytes=0-9' }
const PARENTS = ['documents', 'fuel-logs', 'maintenance-logs'] as const

let forecourt: TestForecourt
let picture: Buffer
let owner: Owner
let vehicle: string
/** The row of each collection, and its file. */
let rows: Record<string, string>
let files: Record<string, FileAnswer>

beforeAll(async () => {
  forecourt = await openForecourt()
  picture = (await createImages())['image/png']
})
afterAll(() => forecourt.close())

beforeEach(async () => {
  owner = await saveVerifiedOwner(forecourt)
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
  const bodies: Record<(typeof PARENTS)[number], object> = {
    documents: { vehicle, title: 'Policy', documentType: 'insurance' },
    'fuel-logs': aFuelLog(vehicle),
    'maintenance-logs': { vehicle, category: 'Repair', serviceDate: '2026-02-01', cost: 80 },
  }
  rows = {}
  files = {}
  for (const slug of PARENTS) {
    const row = readId(await owner.api.post(`/api/${slug}`).send(bodies[slug]).expect(201))
    rows[slug] = row
    files[slug] = fileOf(
      await uploadFile(owner.api, `${slug}/${row}`, picture, `${slug}.png`).expect(201),
    )
  }
  await sendRaw(owner.api, `/api/vehicles/${vehicle}/image`, picture, { method: 'put' }).expect(200)
})

/** Where the bytes of the vehicle are: its photo, and each file with its preview. */
const listAddresses = (): string[] => [
  `/api/vehicles/${vehicle}/image`,
  ...PARENTS.flatMap((slug) => [
    `/api/files/${files[slug]?.id}`,
    `/api/files/${files[slug]?.id}/preview`,
  ]),
]

/** The statuses that somebody gets for a range of each of them, and for the lists of files. */
async function readBytes(who: Owner): Promise<Set<number>> {
  const statuses = new Set<number>()
  for (const address of listAddresses())
    statuses.add((await download(who.api, address, RANGE)).status)
  return statuses
}

async function listFiles(who: Owner): Promise<Set<number>> {
  const statuses = new Set<number>()
  for (const slug of PARENTS)
    statuses.add((await who.api.get(`/api/${slug}/${rows[slug]}/files`)).status)
  return statuses
}

const expectReads = async (who: Owner, bytes: number, lists: number) => {
  expect([...(await readBytes(who))]).toEqual([bytes])
  expect([...(await listFiles(who))]).toEqual([lists])
}

describe('the files of a shared vehicle', () => {
  it('are read in ranges by a guest, until the share is revoked', async () => {
    const viewer = await saveVerifiedOwner(forecourt)
    await expectReads(viewer, 404, 404)
    const share = await inviteGuest(owner, viewer, vehicle, 'viewer')
    await expectReads(viewer, 404, 404)
    await viewer.api.post(`/api/me/shares/${share}/accept`).expect(200)
    await expectReads(viewer, 206, 200)
    const whole = await download(viewer.api, `/api/files/${files['documents']?.id}`).expect(200)
    expect(whole.body).toEqual(picture)
    await owner.api.delete(`/api/me/shares/${share}`).expect(200)
    await expectReads(viewer, 404, 404)
  })

  it('are not confirmed to a former guest by the tags that they still have', async () => {
    const viewer = await saveVerifiedOwner(forecourt)
    const share = await shareWith(owner, viewer, vehicle, 'viewer')
    const tags = new Map<string, string>()
    for (const address of [`/api/vehicles/${vehicle}`, ...listAddresses()]) {
      const { headers } = await download(viewer.api, address).expect(200)
      tags.set(address, headers['etag'] ?? '"none"')
    }
    await owner.api.delete(`/api/me/shares/${share}`).expect(200)
    for (const [address, tag] of tags) {
      await download(viewer.api, address, { 'if-none-match': tag }).expect(404)
      await download(viewer.api, address, { ...RANGE, 'if-range': tag }).expect(404)
      await viewer.api.head(address).expect(404)
    }
  })

  it('are never read by somebody whose invitation expired', async () => {
    const invited = await saveVerifiedOwner(forecourt)
    const share = await inviteGuest(owner, invited, vehicle, 'editor')
    await forecourt.sql('update vehicle_shares set expires_at = now() where id = $1', [share])
    await invited.api.post(`/api/me/shares/${share}/accept`).expect(404)
    await expectReads(invited, 404, 404)
  })

  it('are not read while the vehicle is in the trash', async () => {
    const viewer = await saveVerifiedOwner(forecourt)
    await shareWith(owner, viewer, vehicle, 'viewer')
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    await expectReads(viewer, 404, 404)
    await owner.api.post(`/api/vehicles/${vehicle}/restore`).expect(200)
    await expectReads(viewer, 206, 200)
  })

  it('are changed by no viewer', async () => {
    const viewer = await saveVerifiedOwner(forecourt)
    await shareWith(owner, viewer, vehicle, 'viewer')
    for (const slug of PARENTS) {
      await uploadFile(viewer.api, `${slug}/${rows[slug]}`, picture, 'b.png').expect(403)
      const address = `/api/files/${files[slug]?.id}`
      await viewer.api.put(address).attach('file', picture, 'b.png').expect(403)
      await viewer.api.delete(address).expect(403)
    }
    const image = `/api/vehicles/${vehicle}/image`
    await sendRaw(viewer.api, image, picture, { method: 'put' }).expect(403)
    await viewer.api.delete(image).expect(403)
    await expectReads(owner, 206, 200)
  })

  it('are added and removed by an editor, who cannot delete the document itself', async () => {
    const editor = await saveVerifiedOwner(forecourt)
    const share = await shareWith(owner, editor, vehicle, 'editor')
    const document = `documents/${rows['documents']}`
    const added = fileOf(await uploadFile(editor.api, document, picture, 'b.png').expect(201))
    await download(owner.api, added.url, RANGE).expect(206)
    const { rows: stored } = await forecourt.sql(
      'select user_id from attached_files where id = $1',
      [added.id],
    )
    expect(stored).toEqual([{ user_id: owner.subject }])
    await editor.api.delete(`/api/${document}`).expect(403)
    await editor.api.delete(added.url).expect(200)
    await owner.api.delete(`/api/me/shares/${share}`).expect(200)
    await uploadFile(editor.api, document, picture, 'c.png').expect(404)
    await editor.api.delete(`/api/files/${files['documents']?.id}`).expect(404)
  })
})

describe('the files of a transferred vehicle', () => {
  it('are the next owner’s at once, and nobody’s who had access before', async () => {
    const recipient = await saveVerifiedOwner(forecourt)
    const guest = await saveVerifiedOwner(forecourt)
    await shareWith(owner, guest, vehicle, 'editor')
    const terms = { withCosts: true, withDocuments: true }
    const id = await offerTo(owner, recipient, vehicle, terms)
    await expectReads(recipient, 404, 404)
    await recipient.api.post(`/api/me/transfers/${id}/accept`).expect(200)
    await expectReads(recipient, 206, 200)
    for (const former of [owner, guest]) {
      await expectReads(former, 404, 404)
      await former.api.delete(`/api/files/${files['fuel-logs']?.id}`).expect(404)
      await sendRaw(former.api, `/api/vehicles/${vehicle}/image`, picture, {
        method: 'put',
      }).expect(404)
    }
    await expectReads(recipient, 206, 200)
  })

  it.each([
    { withCosts: true, withDocuments: true, kept: ['documents', 'fuel-logs', 'maintenance-logs'] },
    { withCosts: true, withDocuments: false, kept: [] },
    { withCosts: false, withDocuments: true, kept: ['documents'] },
    { withCosts: false, withDocuments: false, kept: [] },
  ])(
    'are kept by consent: costs $withCosts, documents $withDocuments',
    async ({ kept, ...terms }) => {
      const recipient = await saveVerifiedOwner(forecourt)
      const id = await offerTo(owner, recipient, vehicle, terms)
      await recipient.api.post(`/api/me/transfers/${id}/accept`).expect(200)
      for (const slug of PARENTS) {
        const status = kept.includes(slug) ? 206 : 404
        const url = `/api/files/${files[slug]?.id}`
        for (const address of [url, `${url}/preview`])
          expect((await download(recipient.api, address, RANGE)).status).toBe(status)
        await download(owner.api, url, RANGE).expect(404)
      }
      await download(recipient.api, `/api/vehicles/${vehicle}/image`, RANGE).expect(206)
      const { rows: found } = await forecourt.sql(
        `select count(*)::int as kept, coalesce(sum(file_size + preview_size), 0)::int as bytes
         from attached_files where user_id = $1`,
        [recipient.subject],
      )
      expect(found).toMatchObject([{ kept: kept.length + 1 }])
      const { rows: stored } = await forecourt.sql(
        'select sum(file_bytes)::int as bytes from owner_storage where user_id = $1',
        [recipient.subject],
      )
      expect(stored).toEqual([{ bytes: (found[0] as { bytes: number }).bytes }])
    },
  )
})
