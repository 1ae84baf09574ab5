import { expect, it } from '@jest/globals'
import {
  findCertificateProblem,
  findHostKeyProblem,
  isSameCertificate,
} from '../../plugins/exports/domain/fingerprints.ts'

const CERTIFICATE = Array.from({ length: 32 }, () => 'AB').join(':')

it('a host key has the fingerprint that OpenSSH prints', () => {
  expect(findHostKeyProblem(`SHA256:${'a'.repeat(43)}`)).toBeNull()
  expect(findHostKeyProblem('MD5:aa:bb')).toContain('ssh-keygen -lf')
})

it('a certificate has a SHA-256 fingerprint, in any spelling', () => {
  expect(findCertificateProblem(CERTIFICATE)).toBeNull()
  expect(findCertificateProblem('AB:CD')).toContain('64 hexadecimal digits')
  expect(isSameCertificate(CERTIFICATE, CERTIFICATE.replaceAll(':', '').toLowerCase())).toBe(true)
  expect(isSameCertificate(CERTIFICATE, CERTIFICATE.replace('AB', 'AC'))).toBe(false)
})
