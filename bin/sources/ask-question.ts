import { input as ask, password } from '@inquirer/prompts'
import type { Question } from '#config'

/** Asks one question in the terminal; what is secret is not shown. */
export function askQuestion({ message, example, isSecret, isOptional, isJson }: Question): Promise<string> {
  if (isSecret) return password({ message, mask: true })
  return ask({
    message,
    required: isOptional !== true,
    ...(example === undefined ? {} : { default: example }),
    ...(isJson === true ? { validate: isJsonText } : {}),
  })
}

function isJsonText(text: string): true | string {
  try {
    JSON.parse(text)
    return true
  } catch {
    return 'That is no JSON, e.g. {"start_date":"2024-01-01"}'
  }
}
