import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { listLeftovers } from '../support/owner-files.ts'
import { aPicture, linkTo, offerCar, sendPhoto } from '../support/submissions.ts'
import { loadRuns, runJob, startEngine } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
beforeAll(async () => {
  forecourt = await openForecourt()
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

/** A submission with a photo that ended some days ago. */
async function endedOffer(status: string, days: number) {
  const offered = await offerCar(forecourt, { additionalNotes: 'One owner' })
  await sendPhoto(forecourt.anonymous, offered, await aPicture()).expect(201)
  await forecourt.ownerSql('alter table pending_submissions disable trigger user')
  await forecourt.ownerSql(
    `update pending_submissions set submission_status = $2,
      updated_at = now() - make_interval(days => $3) where id = $1`,
    [offered.id, status, days],
  )
  await forecourt.ownerSql('alter table pending_submissions enable trigger user')
  return offered
}

async function prune(): Promise<unknown> {
  const job = (await runJob(engine, forecourt, 'prune-submissions')).run.jobId
  return (await loadRuns(forecourt, job))[0]?.result
}

const load = async (id: string) => {
  const { rows } = await forecourt.sql(
    `select customer_name, customer_email, customer_phone, additional_notes,
      (select count(*)::int from submission_photos where submission_id = s.id) as photos
    from pending_submissions s where id = $1`,
    [id],
  )
  return rows[0] as { photos: number; customer_name: string | null }
}

describe('the retention of submissions', () => {
  it('ends for photos after 90 days and for personal data after a year, where nothing came of it', async () => {
    const kept = [
      await endedOffer('rejected', 89),
      await endedOffer('approved', 400),
      await endedOffer('in_review', 400),
    ]
    const [withdrawn, old] = [await endedOffer('withdrawn', 91), await endedOffer('rejected', 366)]
    expect(await prune()).toEqual({ photos: 2, erased: 1, enquiries: 0 })
    for (const { id } of kept)
      expect(await load(id)).toMatchObject({ photos: 1, customer_name: 'Ann Buyer' })
    expect(await load(withdrawn.id)).toMatchObject({ photos: 0, customer_name: 'Ann Buyer' })
    expect(await load(old.id)).toEqual({
      customer_name: null,
      customer_email: null,
      customer_phone: null,
      additional_notes: null,
      photos: 0,
    })
    await forecourt.anonymous.get(linkTo(withdrawn)).expect(200)
    await forecourt.anonymous.get(linkTo(old)).expect(404)
    expect(await prune()).toEqual({ photos: 0, erased: 0, enquiries: 0 })
    await runJob(engine, forecourt, 'sweep-files')
    expect((await listLeftovers(forecourt)).stored).toHaveLength(3)
  })
})
