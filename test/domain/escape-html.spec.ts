import { describe, expect, it } from '@jest/globals'
import { escapeHtml } from '../../src/domain/escape-html.ts'

describe('escaping a text for HTML', () => {
  it('makes markup and quotes harmless', () => {
    expect(escapeHtml(`<b title="x" id='y'>Bob & Ann</b>`)).toBe(
      '&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;Bob &amp; Ann&lt;/b&gt;',
    )
  })

  it('leaves other text as it is, and escapes an entity once more', () => {
    expect(escapeHtml('Citroën C4 · 12,000 mi')).toBe('Citroën C4 · 12,000 mi')
    expect(escapeHtml('&amp;')).toBe('&amp;amp;')
  })
})
