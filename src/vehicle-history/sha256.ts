import { hash } from 'node:crypto'

/** The SHA-256 of a text in UTF-8, in lower-case hexadecimal digits. */
export const hashText = (text: string): string => hash('sha256', text, 'hex')
