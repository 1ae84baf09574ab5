/**
 * A mail as the API shows it. `masked`: its links are hidden, because they open somebody's account.
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
  401: 'You are signed out. Sign in again to read this mail.',
  403: 'What a mail says is for admins.',
  404: 'This mail is no more. Mails are kept for 30 days.',
}

/** Asks for a mail as whoever is signed in. Never throws: a problem is said in words. */
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
        `The mail can’t be shown: the server answered with status ${response.status}.`,
    }
  } catch {
    return {
      problem: 'The server did not answer. Check the connection, then open this mail again.',
    }
  }
}
