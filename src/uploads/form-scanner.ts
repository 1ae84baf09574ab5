import { parseMediaType } from '../domain/media-type.ts'
import { BodyError } from './body-error.ts'

/**
 * A part of a form, as received: its name, the charset in its Content-Type, and its bytes; null
 * instead of the bytes of a file.
 */
export type FormPart = {
  name: string
  charset: string | null
  bytes: Buffer | null
}

/** The maximum number of parts of a form: no form that we take has more than two. */
const MAX_PARTS = 20

const HEADERS_END = '\r\n\r\n'
const NAME = /;\s*name=(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/i
/** A file input in which no file was chosen has an empty name. */
const FILE_NAME = /;\s*filename\*?=(?!""|\s*(?:;|$))/im

/**
 * Records the parts of a multipart form while they pass: Payload's parser decodes their bytes and
 * drops most of them without a trace. Files are not buffered. Malformed forms are refused by that
 * parser.
 */
export class FormScanner {
  readonly parts: FormPart[] = []
  readonly #delimiter: string
  #pending = '\r\n'
  #isInHeaders = false
  #part: { name: string; charset: string | null; isFile: boolean; text: string } | null = null

  constructor(contentType: string) {
    const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^\s;]*))/i.exec(contentType) ?? []
    this.#delimiter = `\r\n--${quoted ?? plain ?? ''}`
  }

  /**
   * The same bytes; each part is recorded when it is complete. Fails with a BodyError at the first
   * part above the maximum, so that a form of many empty parts is not read to its end.
   */
  watch(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    return body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          this.#pending += Buffer.from(chunk).toString('latin1')
          while (
            this.parts.length <= MAX_PARTS &&
            (this.#isInHeaders ? this.#readHeaders() : this.#readContent())
          );
          if (this.parts.length > MAX_PARTS) controller.error(buildPartsError())
          else controller.enqueue(chunk)
        },
      }),
    )
  }

  #readHeaders(): boolean {
    const end = this.#pending.indexOf(HEADERS_END)
    if (end === -1) return false
    const headers = this.#pending.slice(0, end)
    const [, quoted, plain = ''] = NAME.exec(headers) ?? []
    const type = /^content-type:(.*)$/im.exec(headers)?.[1] ?? null
    const charset = parseMediaType(type).parameters.get('charset') ?? null
    const name = Buffer.from(quoted ?? plain, 'latin1').toString()
    this.#part = { name, charset, isFile: FILE_NAME.test(headers), text: '' }
    this.#pending = this.#pending.slice(end + HEADERS_END.length)
    this.#isInHeaders = false
    return true
  }

  #readContent(): boolean {
    const end = this.#pending.indexOf(this.#delimiter)
    const length = end === -1 ? Math.max(0, this.#pending.length - this.#delimiter.length) : end
    if (this.#part && !this.#part.isFile) this.#part.text += this.#pending.slice(0, length)
    this.#pending = this.#pending.slice(end === -1 ? length : length + this.#delimiter.length)
    if (end === -1) return false
    if (this.#part) {
      const { name, charset, isFile, text } = this.#part
      this.parts.push({ name, charset, bytes: isFile ? null : Buffer.from(text, 'latin1') })
    }
    this.#part = null
    this.#isInHeaders = true
    return true
  }
}

const buildPartsError = () =>
  new BodyError(
    400,
    `The form has more than ${MAX_PARTS} parts. Send each file in its own request.`,
  )
