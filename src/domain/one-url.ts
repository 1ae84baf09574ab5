const HOST = /^(\[[\da-f:.]+\]|[\w.%-]*)$/i
const ANOTHER_URL = /[,;|]\s*[a-z][a-z\d+.-]*:\/\//i

/**
 * Whether a text is a single URL: a list of URLs, and a host with a stray character as in
 * `https://cars.example;`, can also be parsed as one.
 */
export function isOneUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && HOST.test(url.hostname) && !ANOTHER_URL.test(text)
}
