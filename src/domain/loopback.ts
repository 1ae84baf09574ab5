/** Whether a host name or address is this machine's loopback. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '')
  return bare === 'localhost' || LOOPBACK_6.test(bare) || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(bare)
}

/** ::1 in any notation. */
const LOOPBACK_6 = /^(::1|(0{1,4}:){7}0{0,3}1)$/
