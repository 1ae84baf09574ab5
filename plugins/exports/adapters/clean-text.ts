import sanitizeHtml from 'sanitize-html'
import { escapeHtml } from '../../../src/domain/escape-html.ts'
import { cutText, dropInvalidCharacters } from '../domain/safe-text.ts'

/** An element of HTML; `a < b` and `<3` are not meant. */
const TAG = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|<!--/i
const BLOCK = /<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr)\s*\/?>/gi
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
}
const HTML_TAGS = ['b', 'strong', 'i', 'em', 'p', 'br', 'ul', 'ol', 'li']

/** A text without HTML and without characters that no format can contain. */
export function toPlainText(text: string): string {
  const valid = dropInvalidCharacters(text)
  if (!TAG.test(valid)) return valid
  const bare = sanitizeHtml(valid.replace(BLOCK, '$&\n'), { allowedTags: [] })
  const decoded = bare.replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity)
  return dropInvalidCharacters(decoded).trim()
}

/** A text as harmless HTML on one line: its own elements if it has some, else its lines. */
export function toHtml(text: string): string {
  const valid = dropInvalidCharacters(text)
  if (!TAG.test(valid)) return escapeHtml(valid.trim()).replaceAll(/\r\n|[\n\r]/g, '<br>')
  return sanitizeHtml(valid, { allowedTags: HTML_TAGS, allowedAttributes: {} })
}

/** What a column may contain of a text. */
export type TextRules = { max?: number; html?: true }

/** A text as a column may contain it. */
export function cleanText(text: string, { max, html }: TextRules): string {
  const clean = html ? toHtml(text) : toPlainText(text)
  return max === undefined ? clean : cutText(clean, max)
}
