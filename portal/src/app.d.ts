import type { Reader } from '#services'
import type { SignedIn } from '#lib/server/auth.ts'
import type { LocaleCode } from '#lib/messages/index.ts'

declare global {
  namespace App {
    interface Locals {
      user: SignedIn | null
      reader: Reader | null
      locale: LocaleCode
      theme: 'light' | 'dark' | 'system'
    }
    interface Error {
      status: number
      message: string
      hint?: string
      id?: string
    }
  }
}

export {}
