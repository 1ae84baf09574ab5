/**
 * Styles and pictures that are in the mail itself, and nothing from anywhere else: nobody learns
 * that it was looked at.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri " +
  "'none'"

/**
 * The HTML of a mail as a document that loads nothing and leads nowhere, for a frame with an empty
 * `sandbox`, which runs no script of it. The policy comes first, so that it holds for all that
 * follows. A link would open a window, which the sandbox doesn't let it.
 */
export function buildSandboxedDocument(html: string): string {
  const head =
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" ` +
    'content="light">'
  return (
    `<!doctype html>${head}<base ` +
    'target="_blank"><style>body{margin:0;padding:1.2rem;font:16px/1.5 ' +
    `sans-serif}</style>${html}`
  )
}
