const LINK = /\b([a-z][a-z0-9+.-]*:\/\/[^\s"'<>/?#&]*)([/?#&][^\s"'<>]*)?/gi

/**
 * A text or HTML with every link cut down to where it leads: `https://example.com/•••`. What it
 * opens stays with whoever got it.
 */
export const maskLinks = (text: string): string =>
  text.replace(LINK, (_link, origin: string, rest?: string) =>
    rest && rest !== '/' ? `${origin}/•••` : `${origin}${rest ?? ''}`,
  )
