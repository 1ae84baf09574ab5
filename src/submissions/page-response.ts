import { createHash } from 'node:crypto'
import { APIError, type PayloadRequest } from 'payload'
import { NoFreeSlot } from '../uploads/upload-slots.ts'
import { customerAccess, type CustomerContext } from './customer-access.ts'
import { buildPagePath } from './customer-link.ts'
import { renderProblemPage } from './domain/customer-page.ts'
import { PAGE_STYLE } from './domain/page-style.ts'

/**
 * The headers of a page for customers. Nothing runs in it; its forms go to this server only, and
 * nobody else gets the address, which is secret.
 */
function buildHeaders(): Record<string, string> {
  const style = createHash('sha256').update(PAGE_STYLE).digest('base64')
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-store',
    'content-security-policy':
      `default-src 'none'; style-src 'sha256-${style}'; img-src 'self' data:; ` +
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'same-origin',
  }
}

/** Responds with a page. */
export const respondWithPage = (html: string, status = 200): Response =>
  new Response(html, { status, headers: buildHeaders() })

/**
 * Responds with what `work` returns for the submission of the link, and to a refusal with a page
 * that has its message: a browser shows it, with the way back unless the link does not work. An
 * error of the server is thrown, unless it is busy with other uploads.
 */
export async function respondInBrowser(
  req: PayloadRequest,
  work: (context: CustomerContext) => Promise<Response>,
): Promise<Response> {
  let isLinked = false
  try {
    const context = await customerAccess.check(req)
    isLinked = true
    return await work(context)
  } catch (error) {
    if (!isRefusal(error)) throw error
    const back = isLinked || error.status !== 404 ? findBackPath(req) : null
    return respondWithPage(renderProblemPage(error.message, back), error.status)
  }
}

const isRefusal = (error: unknown): error is APIError =>
  error instanceof NoFreeSlot || (error instanceof APIError && error.status < 500)

function findBackPath({ query, routeParams }: PayloadRequest): string | null {
  const { token } = query
  const { reference } = routeParams ?? {}
  return typeof token === 'string' && typeof reference === 'string'
    ? buildPagePath(encodeURIComponent(reference), encodeURIComponent(token))
    : null
}
