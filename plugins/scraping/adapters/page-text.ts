/**
 * Decodes the text of a page with the encoding that its header or its first kilobyte declares;
 * defaults to UTF-8. Invalid bytes become U+FFFD.
 */
export function decodePage(body: Uint8Array, contentType: string): string {
  const named =
    CHARSET.exec(contentType)?.[1] ??
    META.exec(Buffer.from(body.subarray(0, 1024)).toString('latin1'))?.[1]
  return createDecoder(named ?? 'utf-8').decode(body)
}

const CHARSET = /charset\s*=\s*"?([\w-]{2,40})/i
const META = /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i

function createDecoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder('utf-8')
  }
}
