const LINK = /\b([a-z][a-z0-9+.-]*:\/\/[^\s"'<>/?#&]*)([/?#&][^\s"'<>]*)?/gi

/**
 * Reduces every link in a text or HTML to its origin: `https://example.com/•••`. The secret part of
 * a link is only for its recipient.
 */
export const maskLinks = (text: string): string =>
  text.replace(LINK, (_link, origin: string, rest?: string) =>
    rest && rest !== '/' ? `${origin}/•••` : `${origin}${rest ?? ''}`,
  )
