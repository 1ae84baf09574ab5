/**
 * An e-mail as the API returns it. `masked`: its links are hidden, because they grant access to an
 * account.
 */
export type Mail = {
  from: string
  to: string
  subject: string
  text: string
  html: string | null
  masked: boolean
}

const STATUS_MESSAGES: Readonly<Record<number, string>> = {
  401: 'You are signed out. Sign in again to read this e-mail.',
  403: 'Only admins can read e-mails.',
  404: 'This e-mail no longer exists. E-mails are kept for 30 days.',
}

/** Fetches an e-mail with the viewer's session. Never throws: returns a problem as text. */
export async function fetchMail(
  address: string,
  signal: AbortSignal,
): Promise<{ mail: Mail } | { problem: string }> {
  try {
    const response = await fetch(address, {
      credentials: 'same-origin',
      headers: { accept: 'application/json' },
      signal,
    })
    if (response.ok) return { mail: (await response.json()) as Mail }
    return {
      problem:
        STATUS_MESSAGES[response.status] ??
        `Could not show the e-mail: the server responded with status ${response.status}.`,
    }
  } catch {
    return {
      problem: 'The server did not respond. Check the connection, then open this e-mail again.',
    }
  }
}
