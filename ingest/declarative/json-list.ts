import { Tokenizer, TokenizerError, TokenParser, TokenParserError, TokenType } from '@streamparser/json'
import { exactNumber } from './exact-json.ts'
import type { RecordReader } from './record-reader.ts'

/** A document has no list where one has to be. */
export class MissingList extends Error {}

/**
 * The entries of the list at a path of a JSON document that comes in pieces, `''` being the document itself; what else
 * is in it is read over. Throws SyntaxError when it is no JSON, and at its end MissingList when there is none.
 */
export function jsonList(path: string): RecordReader {
  const steps = path === '' ? [] : path.split('.')
  const parser = new TokenParser({ paths: [['$', ...steps, '*'].join('.')], keepStack: false })
  const found: unknown[] = []
  // What is at the path may be a map as well, whose values are no entries.
  parser.onValue = ({ value, key }) => void (typeof key === 'number' && found.push(value))
  const lists = listsAt(steps)
  const tokenizer = tokensFor((token) => {
    lists.see(token)
    parser.write(token)
  })
  const take = () => found.splice(0)
  return {
    push: (text) => {
      asSyntax(() => tokenizer.write(text))
      return take()
    },
    end: () => {
      asSyntax(() => tokenizer.end())
      if (!parser.isEnded) throw new SyntaxError('The document broke off')
      if (!lists.isThere()) throw new MissingList()
      return take()
    },
  }
}

type Token = Parameters<TokenParser['write']>[0]

/** Keeps how the last number was written, which may be more than it holds. */
class ExactTokenizer extends Tokenizer {
  written = ''
  protected override parseNumber(text: string): number {
    this.written = text
    return Number(text)
  }
}

function tokensFor(see: (token: Token) => void): Tokenizer {
  const tokenizer = new ExactTokenizer()
  tokenizer.onToken = (token) => {
    const value = token.token === TokenType.NUMBER ? exactNumber(tokenizer.written) : null
    see(typeof value === 'string' ? { ...token, token: TokenType.STRING, value } : token)
  }
  return tokenizer
}

/** Tells whether a list begins at a path, of names alone; the parser tells nothing of an empty one. */
function listsAt(steps: readonly string[]): { see(token: Token): void; isThere(): boolean } {
  const wanted = JSON.stringify(['', ...steps])
  const around: (string | null)[] = []
  let [text, name]: [unknown, string | null] = ['', '']
  let isThere = false
  const see: Readonly<Partial<Record<TokenType, () => void>>> = {
    [TokenType.COLON]: () => void (name = String(text)),
    [TokenType.COMMA]: () => void (name = null),
    [TokenType.LEFT_BRACE]: () => enter(),
    [TokenType.LEFT_BRACKET]: () => {
      enter()
      isThere ||= around.length === steps.length + 1 && JSON.stringify(around) === wanted
    },
    [TokenType.RIGHT_BRACE]: () => void around.pop(),
    [TokenType.RIGHT_BRACKET]: () => void around.pop(),
  }
  const enter = () => {
    around.push(name)
    name = null
  }
  return {
    see({ token, value }) {
      if (token === TokenType.STRING) text = value
      else see[token]?.()
    },
    isThere: () => isThere,
  }
}

function asSyntax(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof TokenizerError || error instanceof TokenParserError)
      throw new SyntaxError(error.message, { cause: error })
    throw error
  }
}
