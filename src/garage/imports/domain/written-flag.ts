const YES = ['yes', 'y', 'true', 't', '1', 'x', 'full', 'ja', 'oui', 'si', 'sí', 'on']
const NO = ['no', 'n', 'false', 'f', '0', 'partial', 'nein', 'non', 'off', '-']

/** Parses yes or no as programs write it, in any case; null for any other text. */
export function parseWrittenFlag(text: string): boolean | null {
  const folded = text.trim().toLowerCase()
  if (YES.includes(folded)) return true
  return NO.includes(folded) ? false : null
}
