/** The ways to deliver a feed, and what people read. */
export const CHANNELS = {
  none: 'Not delivered',
  pull: 'Fetched from our address',
  ftp: 'FTP',
  ftps: 'FTP with TLS',
  sftp: 'SFTP',
  folder: 'Folder on this machine',
} as const

export type ChannelName = keyof typeof CHANNELS

/** The port of a channel to a server, if none was entered. */
export function getDefaultPort(channel: ChannelName, implicitTls: boolean): number {
  if (channel === 'sftp') return 22
  return channel === 'ftps' && implicitTls ? 990 : 21
}

/** Why a text is not the path of a folder on a server; null if it is one. */
export function findFolderProblem(folder: string): string | null {
  if (/[\p{Cc}\\]/u.test(folder)) return 'must be a path such as /incoming, without backslashes'
  if (folder.split('/').includes('..')) return 'must not contain ..'
  return null
}
