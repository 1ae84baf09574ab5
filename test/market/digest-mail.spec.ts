import { expect, it } from '@jest/globals'
import type { Digest } from '../../plugins/market/domain/digest.ts'
import { renderDigestHtml, renderDigestText } from '../../plugins/market/domain/digest-mail.ts'

const adminUrl = 'https://cars.example/admin'
const reader = { adminUrl, name: 'Ann', sendHour: 7, timeZone: 'America/New_York' }
const digest: Digest = {
  subject: 'Market: 1 alert, 1 change at competitors',
  sections: [
    {
      title: 'Alerts',
      lines: [{ text: 'The market rose.', url: `${adminUrl}/collections/inventory/a-car` }],
    },
    {
      title: 'Listed by competitors',
      lines: [
        { text: '<script>x</script> at Smith & Sons', url: 'https://smith.example/1?a=1&b=2' },
        { text: 'And 2 more cars.', url: null },
      ],
    },
  ],
}

it('a digest is mailed as text with the addresses of its pages', () => {
  expect(renderDigestText(digest, reader)).toBe(
    [
      'Hello Ann,',
      '',
      'Alerts',
      '- The market rose.',
      '  https://cars.example/admin/collections/inventory/a-car',
      '',
      'Listed by competitors',
      '- <script>x</script> at Smith & Sons',
      '  https://smith.example/1?a=1&b=2',
      '- And 2 more cars.',
      '',
      'The market: https://cars.example/admin/market',
      '',
      'You get this e-mail once a day from 7:00 (America/New_York) if something is new.',
      'https://cars.example/admin/collections/market-digests',
      '',
    ].join('\n'),
  )
})

it('a digest is mailed as HTML with links, and without markup of others', () => {
  const html = renderDigestHtml(digest, reader)
  expect(html).toContain('<h2>Alerts</h2>')
  expect(html).toContain('<li>And 2 more cars.</li>')
  expect(html).toContain(
    '<li><a href="https://smith.example/1?a=1&amp;b=2">&lt;script&gt;x&lt;/script&gt; at ' +
      'Smith &amp; Sons</a></li>',
  )
  expect(html).not.toContain('<script>')
})
