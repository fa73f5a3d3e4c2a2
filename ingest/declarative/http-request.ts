import type { AnswerFormat } from './decode.ts'
import type { PartialRequest } from './definition-request.ts'
import { isRecord } from './path.ts'
import { toQuery } from './query.ts'

/** A request ready to be sent. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly decode: AnswerFormat
}

const HEADERS = { accept: 'application/json', 'user-agent': 'Embut' }

/** A filled request at its address. A path that is a whole address stays as it is. */
export function httpRequest(base: string, filled: PartialRequest): HttpRequest {
  const { path = '', json, form, headers } = filled
  const body = json ? JSON.stringify(json) : form ? toQuery(form) : null
  const type = json ? 'application/json' : 'application/x-www-form-urlencoded'
  return {
    method: filled.method ?? (body === null ? 'GET' : 'POST'),
    url: withQuery(addressOf(base, path), filled),
    headers: { ...HEADERS, ...(body === null ? {} : { 'content-type': type }), ...texts(headers) },
    body,
    decode: filled.decode ?? 'json',
  }
}

/** An address below a base; an absolute one, or one from the root of the host, replaces its part of it. */
export function addressOf(base: string, path: string): string {
  if (/^https?:\/\//.test(path)) return path
  const clean = base.replace(/\/+$/, '')
  if (path === '') return clean
  return path.startsWith('//')
    ? `${new URL(clean).origin}${path.slice(1)}`
    : `${clean}/${path.replace(/^\//, '')}`
}

function withQuery(address: string, { query, jsonQuery }: PartialRequest): string {
  const text = jsonQuery ? encodeURIComponent(JSON.stringify(jsonQuery)) : query ? toQuery(query) : ''
  if (text === '') return address
  return `${address}${address.includes('?') ? '&' : '?'}${text}`
}

function texts(headers: unknown): Readonly<Record<string, string>> {
  if (!isRecord(headers)) return {}
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
}
