import { decodeUtf8 } from '../domain/utf8.ts'
import { type CheckedHistory, checkHistory } from './domain/check-history.ts'
import { parseHistoryFile } from './domain/history-file.ts'
import { hashText } from './sha256.ts'

/** Whether a file is an unaltered history, and that in words. */
export type VerifiedFile = { isIntact: boolean; message: string }

/**
 * Verifies the file of a history offline. `head` is the head that the history must have, as it was
 * noted earlier; null if none was.
 */
export function verifyHistoryFile(bytes: Uint8Array, head: string | null): VerifiedFile {
  const text = decodeUtf8(bytes)
  const { checked, found } = checkText(text ?? new TextDecoder().decode(bytes))
  if ('alteration' in checked) return { isIntact: false, message: checked.alteration }
  if (text === null) return { isIntact: false, message: 'The file has bytes that are not UTF-8.' }
  const { vin, day, counts } = checked.summary
  if (head !== null && head !== found)
    return {
      isIntact: false,
      message:
        `The records fit together, but their head is ${found}, not ${head}. This is another ` +
        `history of ${vin}, or one that was built again.`,
    }
  const records = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`)
  return {
    isIntact: true,
    message:
      `The history of ${vin} of ${day} is unaltered, with these records: ` +
      `${records.join(', ') || 'none'}. Its head is ${found}.`,
  }
}

/**
 * Checks a text; `found` is the head that it says it has. A forged value can be too long for a
 * regular expression or nested too deeply for a function, which exhausts the stack.
 */
function checkText(text: string): { checked: CheckedHistory; found: string } {
  try {
    return checkParsed(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { checked: { alteration: UNREADABLE }, found: '' }
  }
}

const UNREADABLE = 'A value in the file is too long, or nested too deeply, for a history.'

function checkParsed(text: string): { checked: CheckedHistory; found: string } {
  const parsed = parseHistoryFile(text)
  if ('problem' in parsed) return { checked: { alteration: parsed.problem }, found: '' }
  return { checked: checkHistory(parsed.history, hashText), found: parsed.history.head }
}
