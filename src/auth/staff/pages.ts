import { randomBytes } from 'node:crypto'
import type { Response } from 'express'
import { type SignInProblem, signInProblems } from '../../domain/sign-in-problem.ts'

const STYLE = `:root { color-scheme: light dark }
body {
  max-width: 32rem; margin: 16vh auto; padding: 0 1.5rem;
  font: 16px/1.5 system-ui, sans-serif
}
h1 { font-size: 1.4rem }
a { color: inherit }`

/**
 * Explains why a sign-in failed, with a link back to the sign-in page; if the person only has to
 * start again, redirects there.
 */
export function sendProblemPage(res: Response, problem: SignInProblem): void {
  const { status, title, words } = signInProblems[problem]
  if (status === 303) return res.redirect(303, `/admin/login?problem=${problem}`)
  if (status === 503) res.setHeader('retry-after', '5')
  sendPage(
    res,
    status,
    title,
    `<p>${escapeHtml(words)}</p><p><a href="/admin/login">Back to the sign-in page</a></p>`,
  )
}

/**
 * Continues after a sign-in with a page instead of a redirect: the request after a redirect would
 * still count as coming from the provider's site, and the session's cookie is not accepted from
 * there.
 */
export function sendContinuePage(res: Response, path: string): void {
  const to = escapeHtml(path)
  sendPage(
    res,
    200,
    'You are signed in',
    `<p><a href="${to}">Continue</a></p>`,
    `<meta http-equiv="refresh" content="0;url=${to}">`,
  )
}

function sendPage(res: Response, status: number, title: string, body: string, head = ''): void {
  const nonce = randomBytes(16).toString('base64')
  const policy =
    `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; ` +
    `frame-ancestors 'none'`
  res.status(status).setHeader('content-security-policy', policy)
  res
    .type('html')
    .send(
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" ' +
        `content="width=device-width">${head}` +
        `<title>${escapeHtml(title)} · Forecourt</title><style ` +
        `nonce="${nonce}">${STYLE}</style></head>` +
        `<body><h1>${escapeHtml(title)}</h1>${body}</body></html>`,
    )
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
