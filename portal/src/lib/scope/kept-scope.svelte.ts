import { getContext, setContext } from 'svelte'
import { withScope, type Scope } from './page-scope.ts'

const KEY = Symbol('kept scope')

/** The scope that the reader chose last; it goes along when he opens another page. */
export class KeptScope {
  #scope = $state.raw<Scope>({ period: '', against: '', department: [] })

  keep(scope: Scope): void {
    this.#scope = scope
  }
  /** A link that takes the scope along, where the page it leads to has one. */
  link(href: string): string {
    return withScope(href, this.#scope)
  }
}

/** Called once by the frame. */
export function provideKeptScope(): KeptScope {
  return setContext(KEY, new KeptScope())
}

/** Call it while a component starts. */
export function useKeptScope(): KeptScope {
  return getContext<KeptScope>(KEY)
}
