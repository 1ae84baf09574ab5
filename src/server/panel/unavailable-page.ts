import type { Request, Response } from 'express'

/** Seconds after which the page reloads. */
const RETRY_SECONDS = 2

const STYLE = `:root {
  color-scheme: light dark;
  --background: #fff; --card: #f5f5f5; --border: #ddd; --text: #222; --quiet: #5f5f5f
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #141414; --card: #1f1f1f; --border: #3a3a3a; --text: #ebebeb; --quiet: #a8a8a8
  }
}
* { box-sizing: border-box }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  background: var(--background); color: var(--text);
  font: 15px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif
}
main {
  width: 100%; max-width: 30rem; padding: 2rem;
  border: 1px solid var(--border); border-radius: 6px; background: var(--card)
}
p { margin: 0 0 1rem }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3 }
.brand { display: flex; align-items: center; gap: .6rem; margin: 0 0 1.5rem; font-weight: 600 }
.brand img { width: 26px; height: 26px }
.quiet { margin: 0; color: var(--quiet) }`

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RETRY_SECONDS}">
<title>One moment, please · Forecourt</title>
<link rel="icon" type="image/svg+xml" href="/admin/icon.svg">
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="brand"><img src="/admin/icon.svg" alt="">Forecourt</p>
<h1>The database is not available right now</h1>
<p>You have not been signed out. If you were saving something just now, check afterwards
whether it was saved.</p>
<p class="quiet" role="status">This page reloads automatically and continues as soon as
the database is back.</p>
</main>
</body>
</html>`

/**
 * The message for requests of the panel's own scripts: Next shows it as an error, or reloads the
 * page.
 */
const MESSAGE =
  'The database is not available right now. You have not been signed out; try again in a moment.'

/**
 * Responds with 503 and Retry-After while the database is unavailable: a page that reloads
 * automatically for a browser, one sentence for the panel's own scripts. Does not end the session
 * or redirect to the sign-in page.
 */
export function sendUnavailable(req: Request, res: Response): void {
  res.status(503).set({ 'retry-after': String(RETRY_SECONDS), 'cache-control': 'no-store' })
  if (isScripted(req)) sendText(res, MESSAGE)
  else
    res
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end(req.method === 'HEAD' ? undefined : PAGE)
}

/**
 * Refuses a request of the panel's own scripts with a message that Next shows. The type is exactly
 * text/plain, the only one that Next shows.
 */
export function sendRefusal(
  res: Response,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  res.status(status).set({ 'cache-control': 'no-store', connection: 'close', ...headers })
  sendText(res, message)
}

function sendText(res: Response, message: string): void {
  res.setHeader('content-type', 'text/plain').end(message)
}

/**
 * Whether Next's client sent the request, for a part of a screen or a server function, rather than
 * a browser that opens a page.
 */
const isScripted = ({ headers, method }: Request) =>
  headers['next-action'] !== undefined ||
  headers['rsc'] !== undefined ||
  !['GET', 'HEAD'].includes(method)
