export interface Command {
  readonly description: string
  readonly entry?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly builds?: readonly ('server' | 'admin')[]
  readonly watch?: boolean
}

export declare const commands: Readonly<Record<string, Command>>
