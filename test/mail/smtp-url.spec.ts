import { describe, expect, it } from '@jest/globals'
import { parseSmtpUrl } from '../../src/mail/smtp-url.ts'

const server = {
  host: 'mail.example.com',
  port: 587,
  secure: false,
  requireTls: false,
  signIn: null,
}

describe('SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.com', server],
    ['smtp://mail.example.com/', server],
    ['smtp://mail.example.com:25', { ...server, port: 25 }],
    ['smtps://mail.example.com', { ...server, port: 465, secure: true }],
    ['smtp://[::1]:2525', { ...server, host: '::1', port: 2525 }],
  ])('%s names a server', (result, named) => expect(parseSmtpUrl(result)).toEqual(named))

  it('says user and password with their odd characters percent-encoded', () => {
    expect(parseSmtpUrl('smtps://ann%40example.com:p%3Aw%2F%C3%A4@mail.example.com')).toMatchObject(
      {
        signIn: { user: 'ann@example.com', pass: 'p:w/ä' },
      },
    )
  })

  it('has a password go over a network encrypted only, and within this machine as it is', () => {
    expect(parseSmtpUrl('smtp://ann:secret@mail.example.com')).toMatchObject({
      secure: false,
      requireTls: true,
    })
    expect(parseSmtpUrl('smtps://ann:secret@mail.example.com')).toMatchObject({
      secure: true,
      requireTls: false,
    })
    expect(parseSmtpUrl('smtp://ann:secret@127.0.0.1:2525')).toMatchObject({ requireTls: false })
    expect(parseSmtpUrl('smtp://ann:secret@localhost:2525')).toMatchObject({ requireTls: false })
  })

  it.each([
    ['http://ann:secret@mail.example.com', 'does not name a mail server'],
    ['ann:secret', 'does not name a mail server'],
    ['smtp:ann:secret', 'does not name a mail server'],
    ['smtp://', 'does not name a mail server'],
    ['smtp://ann:secret@mail.example.com:99999', 'does not name a mail server'],
    [
      'smtp://ann:secret@mail.example.com?tls.rejectUnauthorized=false',
      'contains more than a server',
    ],
    ['smtp://ann:secret@mail.example.com/box', 'contains more than a server'],
    ['smtp://ann:secret%zz@mail.example.com', 'Write % as %25'],
    ['smtp://ann:secret%ff@mail.example.com', 'Write % as %25'],
    ['smtp://secret@mail.example.com', 'has only a user name or only a password'],
    ['smtp://:secret@mail.example.com', 'has only a user name or only a password'],
  ])('%s is refused in words without the password', (message, why) => {
    const { problem } = parseSmtpUrl(message) as { problem: string }
    expect(problem).toContain(why)
    expect(problem).not.toContain('secret')
  })
})
