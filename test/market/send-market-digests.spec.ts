import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { fetchToken, saveUser, type Role } from '../support/forecourt.ts'
import { type MarketStage, openMarket, saveAccord } from '../support/market-stage.ts'
import supertest from 'supertest'

let stage: MarketStage
let now = new Date('2027-03-01T12:05:00.000Z')
beforeAll(async () => {
  stage = await openMarket(
    { SCHEDULE_TIME_ZONE: 'America/New_York', MARKET_DIGEST_HOUR: '7' },
    () => now,
  )
})
afterAll(() => stage.close())

/** Each spec has its own managers, and nothing to report. */
beforeEach(async () => {
  await stage.sql('delete from outgoing_mails')
  await stage.sql('delete from market_alerts')
  await stage.sql('delete from market_digests')
  await stage.sql('update users set is_active = false')
})

async function saveManager(role: Role = 'manager') {
  const user = await saveUser(stage.payload, role)
  const token = await fetchToken(stage.app, user)
  return { user, api: supertest.agent(stage.app).set('Authorization', `Bearer ${token}`) }
}

/** Raises an alert at an instant, so that there is something to report. */
async function raiseAlert(at: Date, about: { car?: string; message?: string } = {}) {
  const { rows } = await stage.sql(
    `insert into market_alerts (inventory_id, alert_type, severity, message, dismissed, raised_at)
     values ($1, 'market_moved', 'warning', $2, false, $3) returning id`,
    [about.car ?? null, about.message ?? 'The market rose.', at],
  )
  return rows[0]?.id as string
}

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const loadMails = async () =>
  (await stage.sql('select recipient, subject, text, html, about from outgoing_mails')).rows

describe('the daily digest', () => {
  it('goes once a day to each manager and admin whose hour has come, and to nobody else', async () => {
    now = new Date('2027-03-01T11:50:00.000Z')
    const people = [await saveManager(), await saveManager('admin')]
    await saveManager('viewer')
    const { user: former } = await saveManager()
    await stage.sql('update users set is_active = false where id = $1', [former.id])
    await raiseAlert(minutesAgo(60))
    expect(await stage.run('send-market-digests')).toEqual({ sent: 0 })
    now = new Date('2027-03-01T12:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 2 })
    const mails = await loadMails()
    expect(mails.map(({ recipient }) => recipient as string).sort()).toEqual(
      people.map(({ user }) => user.email).sort(),
    )
    expect(mails[0]).toMatchObject({
      subject: 'Market: 1 alert',
      about: 'market_digest',
      text: expect.stringContaining('- The market rose.'),
      html: expect.stringContaining('<li>The market rose.</li>'),
    })
    await raiseAlert(now, { message: 'Another.' })
    now = new Date('2027-03-01T20:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 0 })
    now = new Date('2027-03-02T12:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 2 })
    const texts = (await loadMails()).map(({ text }) => text as string)
    expect([texts.length, texts.filter((text) => text.includes('- Another.')).length]).toEqual([
      4, 2,
    ])
    expect(texts.filter((text) => text.includes('- The market rose.'))).toHaveLength(2)
  })

  it('is not written where nothing is new, and is not made up for later that day', async () => {
    now = new Date('2027-03-03T12:05:00.000Z')
    await saveManager()
    expect(await stage.run('send-market-digests')).toEqual({ sent: 0 })
    expect((await stage.sql('select checked_at, last_sent_at from market_digests')).rows).toEqual([
      { checked_at: now, last_sent_at: null },
    ])
    now = new Date('2027-03-03T14:05:00.000Z')
    await raiseAlert(minutesAgo(60))
    expect(await stage.run('send-market-digests')).toEqual({ sent: 0 })
    now = new Date('2027-03-04T12:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 1 })
  })

  it('leaves out alerts that are dismissed or snoozed, and has those whose snooze is over', async () => {
    now = new Date('2027-03-05T12:05:00.000Z')
    await saveManager()
    const [dismissed, snoozed] = [
      await raiseAlert(minutesAgo(60)),
      await raiseAlert(minutesAgo(60)),
    ]
    await stage.sql('update market_alerts set dismissed = true where id = $1', [dismissed])
    await stage.sql('update market_alerts set snoozed_until_at = $2 where id = $1', [
      snoozed,
      '2027-03-06T12:00:00.000Z',
    ])
    expect(await stage.run('send-market-digests')).toEqual({ sent: 0 })
    now = new Date('2027-03-06T12:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 1 })
    expect(await loadMails()).toMatchObject([{ subject: 'Market: 1 alert' }])
  })

  it('says what to do about our cars, except for those that are muted', async () => {
    now = new Date('2027-03-07T11:00:00.000Z')
    await saveManager()
    const [car, muted] = [
      await saveAccord(stage, { price: 21_500, stockNumber: 'S-1' }),
      await saveAccord(stage, { price: 21_500, stockNumber: 'S-2' }),
    ]
    await stage.sql('update inventory set alerts_muted_until_at = $2 where id = $1', [
      muted.id,
      '2027-03-20T00:00:00.000Z',
    ])
    stage.offerCars(20_000, 20_000, 20_000, 20_000, 20_000)
    for (const one of [car, muted]) await stage.analyzeCar(one)
    now = new Date('2027-03-07T12:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 1 })
    const [{ subject, text }] = await loadMails()
    expect(subject).toBe('Market: 1 price to review')
    expect(text).toContain(
      `New: ${car.title} (stock S-1): lower $21,500 to $21,000. It is 7.5% above the market ` +
        `price of $20,000. Our cost is $21,000.\n  ` +
        `${stage.settings.publicOrigin}/admin/market?car=${car.id}`,
    )
    await stage.sql('delete from inventory')
  })

  it('leaves out alerts about sold cars and about earlier prices of ours', async () => {
    now = new Date('2027-03-08T11:00:00.000Z')
    await saveManager()
    const [sold, repriced, same] = [
      await saveAccord(stage),
      await saveAccord(stage),
      await saveAccord(stage),
    ]
    for (const { id } of [sold, repriced, same])
      await raiseAlert(minutesAgo(60), { car: id, message: `About ${id}.` })
    await stage.sql(`update market_alerts set our_price = 24500, alert_type = 'overpriced'`)
    await raiseAlert(minutesAgo(60), { car: repriced.id, message: 'The market rose.' })
    await stage.sql(`update inventory set status = 'sold' where id = $1`, [sold.id])
    await stage.sql('update inventory set price = 23000 where id = $1', [repriced.id])
    now = new Date('2027-03-08T12:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 1 })
    const [{ subject, text }] = await loadMails()
    expect(subject).toBe('Market: 2 alerts')
    expect(text).toContain(`- About ${same.id}.`)
    expect(text).toContain('- The market rose.')
    await stage.sql('delete from inventory')
  })

  it('does not call a price new again that has not been analyzed since it was changed', async () => {
    now = new Date('2027-03-16T11:00:00.000Z')
    await saveManager()
    const car = await saveAccord(stage, { price: 20_000 })
    stage.offerCars(20_000, 20_000, 20_000, 20_000, 20_000)
    await stage.analyzeCar(car)
    await stage.sql('update inventory set price = 21500 where id = $1', [car.id])
    await stage.sql(
      `insert into price_changes (inventory_id, from_price, to_price, reason, changed_at)
       values ($1, 20000, 21500, 'edit', $2)`,
      [car.id, '2027-03-16T11:30:00.000Z'],
    )
    now = new Date('2027-03-16T12:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 1 })
    now = new Date('2027-03-17T12:05:00.000Z')
    expect(await stage.run('send-market-digests')).toEqual({ sent: 0 })
    await stage.sql('delete from inventory')
  })

  it('comes at the hour and in the time zone that a manager chose, and rests while it is off or muted', async () => {
    now = new Date('2027-03-09T04:00:00.000Z')
    const [early, off, muted] = [await saveManager(), await saveManager(), await saveManager()]
    const settings = { active: true, sendHour: 5, timeZone: 'Europe/Berlin', mutedUntilAt: null }
    await early.api.put('/api/market/digest').send(settings).expect(200)
    await off.api
      .put('/api/market/digest')
      .send({ ...settings, active: false })
      .expect(200)
    const mutedUntilAt = '2027-03-10T00:00:00.000Z'
    await muted.api
      .put('/api/market/digest')
      .send({ ...settings, mutedUntilAt })
      .expect(200)
    await raiseAlert(minutesAgo(60))
    expect(await stage.run('send-market-digests')).toEqual({ sent: 1 })
    expect(await loadMails()).toMatchObject([
      {
        recipient: early.user.email,
        text: expect.stringContaining('from 5:00 (Europe/Berlin)'),
      },
    ])
    now = new Date('2027-03-10T04:00:00.000Z')
    await raiseAlert(minutesAgo(60))
    expect(await stage.run('send-market-digests')).toEqual({ sent: 2 })
    expect((await loadMails()).map(({ recipient }) => recipient as string).sort()).toEqual(
      [early.user.email, early.user.email, muted.user.email].sort(),
    )
  })

  it('of one manager that cannot be written does not keep the others’ back', async () => {
    now = new Date('2027-03-12T12:05:00.000Z')
    const { user } = await saveManager()
    for (let people = 0; people < 2; people += 1) await saveManager()
    await stage.sql(`update users set email = 'two@a.example, three@b.example' where id = $1`, [
      user.id,
    ])
    await raiseAlert(minutesAgo(60))
    await stage.run('send-market-digests')
    expect(await loadMails()).toHaveLength(2)
  })
})

describe('the settings of the digest', () => {
  const PATH = '/api/market/digest'

  it('are those of the server until a manager chooses others', async () => {
    const { api, user } = await saveManager()
    const usual = {
      active: true,
      sendHour: 7,
      timeZone: null,
      defaultTimeZone: 'America/New_York',
      mutedUntilAt: null,
      lastSentAt: null,
    }
    expect((await api.get(PATH).expect(200)).body).toEqual(usual)
    const chosen = {
      active: false,
      sendHour: 0,
      timeZone: 'Asia/Tokyo',
      mutedUntilAt: '2027-04-01T00:00:00.000Z',
    }
    const { body } = await api.put(PATH).send(chosen).expect(200)
    expect(body).toEqual({ ...usual, ...chosen })
    expect((await api.get(PATH).expect(200)).body).toEqual(body)
    const { rows } = await stage.sql('select user_id, send_hour from market_digests')
    expect(rows).toEqual([{ user_id: user.id, send_hour: 0 }])
  })

  it.each([
    [{ sendHour: 24 }, 'sendHour'],
    [{ sendHour: 6.5 }, 'sendHour'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ active: undefined }, 'active'],
    [{ lastSentAt: null }, 'lastSentAt'],
  ])('cannot be %j', async (about, words) => {
    const { api } = await saveManager()
    const usual = { active: true, sendHour: 7, timeZone: null, mutedUntilAt: null }
    const { body } = await api
      .put(PATH)
      .send({ ...usual, ...about })
      .expect(400)
    expect(JSON.stringify(body)).toContain(words)
  })

  it('are for managers and admins, each for themselves', async () => {
    const { api } = await saveManager('viewer')
    await api.get(PATH).expect(403)
    await stage.anonymous.get(PATH).expect(401)
    const [one, other] = [await saveManager(), await saveManager('admin')]
    const settings = { active: true, sendHour: 9, timeZone: null, mutedUntilAt: null }
    await one.api.put(PATH).send(settings).expect(200)
    expect((await other.api.get(PATH).expect(200)).body).toMatchObject({ sendHour: 7 })
  })
})
