import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createLocalReq } from 'payload'
import { runInTransaction } from '../../src/owners/run-in-transaction.ts'
import {
  buildCustomerMail,
  type SubmissionEvent,
} from '../../src/submissions/domain/customer-mails.ts'
import { notifyCustomer } from '../../src/submissions/notify-customer.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { linkTo, offerCar, type Offered, setStatus } from '../support/submissions.ts'

const FACTS = {
  name: 'Ann',
  car: '2003 Honda Accord',
  reference: 'FC-7K3M-9QXT',
  url: 'https://cars.example/api/submissions/FC-7K3M-9QXT/page?token=a&b',
  question: 'Any rust?\nWhere?',
  reason: 'Too many miles.',
}
const EVENTS: SubmissionEvent[] = [
  'received',
  'in_review',
  'info_wanted',
  'approved',
  'rejected',
  'withdrawn',
]

describe('the mail about a submission', () => {
  it.each(EVENTS)('that is %s names the car, the reference and the link', (event) => {
    const { subject, text, html, about } = buildCustomerMail(event, FACTS)
    expect(subject).toContain('FC-7K3M-9QXT')
    expect(text).toContain('2003 Honda Accord')
    expect(text).toContain(FACTS.url)
    expect(html).toContain(
      'href="https://cars.example/api/submissions/FC-7K3M-9QXT/page?token=a&amp;b"',
    )
    expect(about).toBe(`submission_${event}`)
    expect(`${text}${html}`).not.toMatch(/undefined|null/)
  })

  it('has the question or the reason where it belongs, and nowhere else', () => {
    const withWords = (words: string) =>
      EVENTS.filter((event) => buildCustomerMail(event, FACTS).text.includes(words))
    expect(withWords('> Any rust?\n> Where?')).toEqual(['info_wanted'])
    expect(withWords('> Too many miles.')).toEqual(['rejected'])
    expect(buildCustomerMail('rejected', { ...FACTS, reason: null }).text).not.toContain('>')
  })

  it('shows the words of people as text, on one line where they are a name', () => {
    const { text, html, subject } = buildCustomerMail('info_wanted', {
      ...FACTS,
      name: 'Ann\r\nBcc: <x@evil.example>',
      question: '<script>alert(1)</script>',
    })
    expect(text.split('\n')[0]).toBe('Hello Ann Bcc: <x@evil.example>,')
    expect(html).not.toMatch(/<script|<x@/)
    expect(subject).not.toContain('\n')
  })
})

describe('the outbox', () => {
  let forecourt: TestForecourt
  beforeAll(async () => {
    forecourt = await openForecourt()
  })
  afterAll(() => forecourt.close())

  const notify = async ({ id }: Offered, event: SubmissionEvent, fails = false) => {
    const req = await createLocalReq({}, forecourt.payload)
    await runInTransaction(req, async () => {
      await notifyCustomer(req, id, event)
      if (fails) throw new Error('Rolled back')
    }).catch(() => undefined)
  }
  const listMails = async ({ reference }: Offered) =>
    (
      await forecourt.sql(
        `select recipient, about, text from outgoing_mails where text like $1 order by created_at`,
        [`%${reference}%`],
      )
    ).rows as { recipient: string; about: string; text: string }[]

  it('has the mail with a link that works, in the transaction of the change', async () => {
    const offered = await offerCar(forecourt, { customerEmail: 'ann@customer.example' })
    await setStatus(forecourt, offered, 'info_wanted', 'Any rust?')
    await notify(offered, 'approved', true)
    await notify(offered, 'info_wanted')
    const mails = await listMails(offered)
    expect(mails).toMatchObject([
      { about: 'submission_received', recipient: 'ann@customer.example' },
      { about: 'submission_info_wanted', text: expect.stringContaining('> Any rust?') },
    ])
    const link = new URL(/http\S+/.exec(mails[1]?.text ?? '')?.[0] ?? '')
    await forecourt.anonymous.get(link.pathname + link.search).expect(200)
  })

  it('says nothing in the words of a customer before staff have seen them', async () => {
    const words = { customerName: 'Pay at evil.example', make: 'Call 555', model: 'evil.example' }
    const offered = await offerCar(forecourt, words)
    await forecourt.anonymous.post(linkTo(offered, '/withdraw')).expect(200)
    await notify(offered, 'in_review')
    const mails = await listMails(offered)
    const isTheirs = ({ text }: { text: string }) => /evil|555|Pay/.test(text)
    expect(mails.map((mail) => [mail.about, isTheirs(mail)])).toEqual([
      ['submission_received', false],
      ['submission_withdrawn', false],
      ['submission_in_review', true],
    ])
    expect(mails[0]?.text).toContain('Hello,\n\nThank you for offering us your 2003 car.')
  })

  it('names a car of the catalog as the catalog does', async () => {
    await forecourt.sql(
      `insert into vehicle_options (year, make, model, trim)
        values (2003, 'Honda', 'Accord', 'EX')`,
    )
    const mails = await listMails(await offerCar(forecourt, { make: 'HONDA', model: 'accord' }))
    expect(mails[0]?.text).toContain('your 2003 Honda Accord.')
  })

  it('has none for a customer without an address', async () => {
    const offered = await offerCar(forecourt, { customerEmail: null, customerPhone: '555-0100' })
    await notify(offered, 'approved')
    expect(await listMails(offered)).toEqual([])
  })

  it('has a reference for a submission from before there were any', async () => {
    const offered = await offerCar(forecourt)
    await forecourt.sql('update pending_submissions set reference = null where id = $1', [
      offered.id,
    ])
    await notify(offered, 'in_review')
    const { rows } = await forecourt.sql(
      'select reference from pending_submissions where id = $1',
      [offered.id],
    )
    const reference = String(rows[0]?.reference)
    expect(await listMails({ ...offered, reference })).toMatchObject([
      { about: 'submission_in_review' },
    ])
  })
})
