import { describe, expect, it } from '@jest/globals'
import {
  type CustomerPage,
  renderCustomerPage,
  renderProblemPage,
} from '../../src/submissions/domain/customer-page.ts'
import { listPermittedActions } from '../../src/submissions/domain/permitted.ts'
import { SUBMISSION_STATUSES, type SubmissionStatus } from '../../src/submissions/domain/status.ts'

const buildPage = (status: SubmissionStatus, about: Partial<CustomerPage> = {}): CustomerPage => ({
  car: '2003 Honda Accord',
  reference: 'FC-7K3M-9QXT',
  status,
  facts: [['VIN', '1HGCM82633A004352']],
  question: null,
  answer: null,
  reason: null,
  photos: [{ id: 'p1', url: '/p1' }],
  actions: listPermittedActions(status, 1),
  paths: { page: '/page', photos: '/photos' },
  notice: null,
  ...about,
})

describe('the rendered page', () => {
  it.each(Object.keys(SUBMISSION_STATUSES) as SubmissionStatus[])(
    'of a submission that is %s labels every input and names every photo',
    (status) => {
      const html = renderCustomerPage(buildPage(status))
      for (const [, id] of html.matchAll(/<(?:textarea|input type="file") id="(\w+)"/g))
        expect(html).toContain(`<label for="${id}">`)
      expect(html).toContain('alt="Photo 1"')
      expect(html).toContain('<html lang="en">')
      expect(html.match(/<h1>/g)).toHaveLength(1)
    },
  )

  it('escapes the words of people, wherever they are', () => {
    const evil = '"><script>'
    const html = renderCustomerPage(
      buildPage('info_wanted', {
        car: evil,
        reference: evil,
        facts: [[evil, evil]],
        question: evil,
        reason: evil,
        notice: evil,
        photos: [{ id: evil, url: evil }],
        paths: { page: evil, photos: evil },
      }),
    )
    expect(html).not.toContain(evil)
    expect(renderProblemPage(evil, evil)).not.toContain(evil)
  })

  it('shows the answer while it is in review, and the reason of a rejection', () => {
    expect(renderCustomerPage(buildPage('in_review', { answer: 'No rust' }))).toContain('No rust')
    expect(renderCustomerPage(buildPage('rejected', { reason: 'Too old' }))).toContain('Too old')
  })
})
