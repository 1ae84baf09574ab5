import { randomBytes, randomUUID } from 'node:crypto'

/** A marker: a value that is nowhere by chance. */
export const createMarker = (name: string) =>
  `marked-${name.toLowerCase().replaceAll('_', '-')}-${randomBytes(9).toString('hex')}`

/** What was heard of the product, piece by piece, and what of it nobody should hear. */
export class OutputRecorder {
  readonly #heard: { where: string; text: string }[] = []
  readonly #secrets = new Map<string, string>()

  /** Nothing may tell this value from now on, nor have told it before. */
  addSecret(name: string, value: string): void {
    if (value.length < 16) throw new Error(`${name} is so short that it is somewhere by chance.`)
    this.#secrets.set(`${name} ${randomUUID()}`, value)
  }

  record(where: string, text: string): void {
    this.#heard.push({ where, text })
  }

  /** How many bytes were heard where the name says so. */
  countBytes(where: string): number {
    return this.#heard.reduce(
      (all, one) => all + (one.where.startsWith(where) ? one.text.length : 0),
      0,
    )
  }

  /** Which secret was told where, in whatever way it was written. */
  findLeaks(): string[] {
    const leaked = new Set<string>()
    for (const [name, value] of this.#secrets)
      for (const form of listForms(value))
        for (const { where, text } of this.#heard) {
          const at = text.indexOf(form)
          if (at >= 0)
            leaked.add(
              `${where} tells ${name.split(' ')[0]}: ` +
                `…${text.slice(Math.max(0, at - 90), at + 12)}…`,
            )
        }
    return [...leaked]
  }
}

/**
 * A value as it is, as URLs and JSON write it, and in base64 wherever it begins within another
 * text.
 */
function listForms(value: string): Set<string> {
  const encoded = [0, 1, 2].flatMap((skipped) => {
    const padded = Buffer.from(`${'x'.repeat(skipped)}${value}`)
      .toString('base64')
      .replaceAll('=', '')
    const own = padded.slice(skipped === 0 ? 0 : 4, -3)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const hex = Buffer.from(value).toString('hex')
  return new Set([
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    hex,
    ...encoded,
  ])
}
