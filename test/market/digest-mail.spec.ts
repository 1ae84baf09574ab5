import { describe, expect, it } from '@jest/globals'
import { renderDigestHtml, renderDigestText } from '../../plugins/market/domain/digest-mail.ts'

const READER = {
  name: 'Ann <manager>',
  sendHour: 7,
  timeZone: 'America/Chicago',
  adminUrl: 'https://cars.example.com/admin',
}
const DIGEST = {
  subject: 'Market: 1 price to review',
  sections: [
    {
      title: 'Prices to review',
      lines: [
        { text: 'Bob’s C&A <V8>: lower it', url: 'https://cars.example.com/admin/x?a=1&b=2' },
        { text: 'Nothing to link', url: null },
      ],
    },
  ],
}

describe('the mail of a digest', () => {
  it('as text says who gets it, what is new, where, and why', () => {
    expect(renderDigestText(DIGEST, READER)).toBe(
      [
        'Hello Ann <manager>,',
        '',
        'Prices to review',
        '- Bob’s C&A <V8>: lower it',
        '  https://cars.example.com/admin/x?a=1&b=2',
        '- Nothing to link',
        '',
        'The market: https://cars.example.com/admin/market',
        '',
        'You get this e-mail once a day from 7:00 (America/Chicago) if something is new.',
        'https://cars.example.com/admin/market#daily-digest',
        '',
      ].join('\n'),
    )
  })

  it('as text keeps what others wrote on its line', () => {
    const text = 'Accord at Bad\n\nSign in at\u2028https://bad.example\r: $1'
    const sections = [{ title: 'Listed by competitors', lines: [{ text, url: null }] }]
    expect(renderDigestText({ ...DIGEST, sections }, READER)).toContain(
      'Listed by competitors\n- Accord at Bad Sign in at https://bad.example : $1\n\nThe market',
    )
  })

  it('as HTML escapes names and addresses, and loads nothing', () => {
    const html = renderDigestHtml(DIGEST, READER)
    expect(html).toContain('Hello Ann &lt;manager&gt;,')
    expect(html).toContain(
      '<li><a href="https://cars.example.com/admin/x?a=1&amp;b=2">' +
        'Bob’s C&amp;A &lt;V8&gt;: lower it</a></li>',
    )
    expect(html).toContain('<li>Nothing to link</li>')
    expect(html).not.toMatch(/<(?:img|script|link)\b|src=/)
  })
})
