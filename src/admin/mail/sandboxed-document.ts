/**
 * Allows only inline styles and embedded pictures, so that viewing the e-mail cannot be tracked.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri " +
  "'none'"

/**
 * The HTML of an e-mail as a document that loads nothing and cannot navigate, for a frame with an
 * empty `sandbox`, which blocks scripts. The policy comes first, so that it covers everything after
 * it. Links would open a window, which the sandbox blocks.
 */
export function buildSandboxedDocument(html: string): string {
  const head =
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" ` +
    'content="light">'
  return (
    `<!doctype html>${head}<base ` +
    `target="_blank"><style>body{margin:0;padding:1.2rem;font:16px/1.5 sans-serif}</style>${html}`
  )
}
