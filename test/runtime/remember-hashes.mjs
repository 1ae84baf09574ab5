import crypto from 'node:crypto'

/*
 * Loaded by every process of jest: Payload hashes a password that it has hashed before with the
 * same salt only once. A hash takes a good part of a second of the processor, and hundreds of tests
 * sign in. Product code imports `pbkdf2` by name, which stays Node's own.
 */
const { pbkdf2 } = crypto
const known = {}

crypto.pbkdf2 = (password, salt, iterations, keyLength, digest, done) => {
  const key = JSON.stringify([String(password), String(salt), iterations, keyLength, digest])
  const hash = known[key]
  if (hash) {
    setImmediate(done, null, Buffer.from(hash))
    return
  }
  pbkdf2(password, salt, iterations, keyLength, digest, (error, fresh) => {
    if (!error) known[key] = Buffer.from(fresh)
    done(error, fresh)
  })
}
