import type { Reader } from '#services'
import type { User } from '#workspace'
import type { LocaleCode } from '#lib/messages/index.ts'

declare global {
  namespace App {
    interface Locals {
      user: User | null
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
