import { escapeHtml } from '../../../src/domain/escape-html.ts'
import type { Digest, DigestLine } from './digest.ts'

/** Who gets a digest, when, and the address of the panel. */
export type DigestReader = {
  name: string
  sendHour: number
  timeZone: string
  adminUrl: string
}

/** Renders a digest as plain text. */
export function renderDigestText({ sections }: Digest, reader: DigestReader): string {
  const toText = ({ text, url }: DigestLine) =>
    `- ${toOneLine(text)}${url === null ? '' : `\n  ${url}`}`
  const parts = sections.map(({ title, lines }) => [title, ...lines.map(toText)].join('\n'))
  return (
    `Hello ${reader.name},\n\n${parts.join('\n\n')}\n\n` +
    `The market: ${reader.adminUrl}/market\n\n${describeReason(reader)}\n` +
    `${buildSettingsUrl(reader)}\n`
  )
}

/** Renders a digest as HTML that needs no style sheet and loads nothing. */
export function renderDigestHtml({ sections, subject }: Digest, reader: DigestReader): string {
  const toItem = ({ text, url }: DigestLine) =>
    `<li>${url === null ? escapeHtml(text) : renderLink(url, text)}</li>`
  const parts = sections.map(
    ({ title, lines }) =>
      `<h2>${escapeHtml(title)}</h2>\n<ul>\n${lines.map(toItem).join('\n')}\n</ul>`,
  )
  const settings = renderLink(buildSettingsUrl(reader), 'Change this')
  return (
    `<!doctype html>\n<html lang="en">\n<head><title>${escapeHtml(subject)}</title></head>\n` +
    `<body>\n<p>Hello ${escapeHtml(reader.name)},</p>\n${parts.join('\n')}\n` +
    `<p>${renderLink(`${reader.adminUrl}/market`, 'Open the market')}</p>\n` +
    `<p>${escapeHtml(describeReason(reader))} ${settings}</p>\n</body>\n</html>\n`
  )
}

/** The part of the Market screen with the reader's own settings. */
const buildSettingsUrl = ({ adminUrl }: DigestReader): string => `${adminUrl}/market#daily-digest`

/** Competitors' names may contain line breaks, which would look like lines of ours. */
const toOneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()

const renderLink = (url: string, text: string): string =>
  `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`

const describeReason = ({ sendHour, timeZone }: DigestReader): string =>
  `You get this e-mail once a day from ${sendHour}:00 (${timeZone}) if something is new.`
