/** Why a text is not the fingerprint of an SSH host key, as in OpenSSH; null if it is one. */
export const findHostKeyProblem = (text: string): string | null =>
  /^SHA256:[A-Za-z\d+/]{43}$/.test(text)
    ? null
    : 'must be a fingerprint such as SHA256:uNiVztksCsDhcc0u9e8BrrJ1B8QIm6XVb8hT2bqSO5U, as ' +
      'ssh-keygen -lf prints it'

/** Why a text is not the SHA-256 fingerprint of a certificate; null if it is one. */
export const findCertificateProblem = (text: string): string | null =>
  /^[\dA-F]{64}$/.test(normalizeCertificate(text))
    ? null
    : 'must be a SHA-256 fingerprint of 64 hexadecimal digits, such as AB:CD:…, as openssl x509 ' +
      '-fingerprint -sha256 prints it'

/** Whether two fingerprints of certificates are the same; colons and case do not matter. */
export const isSameCertificate = (one: string, other: string): boolean =>
  normalizeCertificate(one) === normalizeCertificate(other)

const normalizeCertificate = (text: string) => text.replaceAll(/[:\s]/g, '').toUpperCase()
