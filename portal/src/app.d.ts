import type { Reader } from '#services'
import type { User } from '#workspace'
import type { LocaleCode } from '#lib/messages/index.ts'
import type { PageScope } from '#lib/scope/page-scope.ts'

declare global {
  namespace App {
    interface Locals {
      user: User | null
      reader: Reader | null
      locale: LocaleCode
      theme: 'light' | 'dark' | 'system'
    }
    interface PageData {
      /** What the top bar shows and changes; pages without a period leave it out. */
      scope?: PageScope | null
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
