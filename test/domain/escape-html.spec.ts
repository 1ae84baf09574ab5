import { expect, it } from '@jest/globals'
import { escapeHtml } from '../../src/domain/escape-html.ts'

it('a text is the same in HTML, as content and in a quoted attribute', () => {
  expect(escapeHtml(`<b title="x">Smith & Sons' é 😀</b>`)).toBe(
    '&lt;b title=&quot;x&quot;&gt;Smith &amp; Sons&#39; é 😀&lt;/b&gt;',
  )
  expect(escapeHtml('&amp;')).toBe('&amp;amp;')
})
