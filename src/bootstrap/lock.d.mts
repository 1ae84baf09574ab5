/** A lock that this process holds, together with the processes that it adds. */
export interface Lock {
  add(pid: number): void
  release(): void
}

export declare function tryLock(folder: string): Lock | { holder: number | undefined }

export declare function findHolders(folder: string): number[]
