import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CompilerApi } from '@cubejs-backend/server-core/dist/src/index.js'

/**
 * Cube's compiler, which keeps on disk what it made of each model file. Cube parses every expression of a model as
 * Python, which takes most of the start of a server; the rest of compiling doesn't depend on who did it.
 */
export class KeepingCompiler extends CompilerApi {
  readonly #folder: string

  constructor(folder: string, ...args: ConstructorParameters<typeof CompilerApi>) {
    super(...args)
    this.#folder = folder
  }

  override async compileSchema(
    ...args: Parameters<CompilerApi['compileSchema']>
  ): ReturnType<CompilerApi['compileSchema']> {
    const files = await this.repository.dataSchemaFiles()
    const keys = files.map(({ content }) => cubeKey(content))
    await Promise.all(keys.map((key) => this.#recall(key)))
    const missing = keys.filter((key) => !this.compiledYamlCache.has(key))
    const compilers = await super.compileSchema(...args)
    // Only now it is known that Cube found no error in them.
    await Promise.all(missing.map((key) => this.#keep(key)))
    return compilers
  }

  async #recall(key: string): Promise<void> {
    const parsed = await readFile(this.#file(key), 'utf8').catch(() => undefined)
    if (parsed !== undefined) this.compiledYamlCache.set(key, parsed)
  }

  async #keep(key: string): Promise<void> {
    const parsed = this.compiledYamlCache.get(key)
    if (parsed === undefined) return
    const half = `${this.#file(key)}.${process.pid}`
    // An installation that can't be written to parses at each start; its log says why.
    await mkdir(this.#folder, { recursive: true })
      .then(() => writeFile(half, parsed))
      .then(() => rename(half, this.#file(key)))
      .catch((error: unknown) => this.logger('Parse not kept', { error: String(error) }))
  }

  #file(key: string): string {
    return join(this.#folder, `${key}.js`)
  }
}

/** Where an installation keeps parses, with its packages: they are Cube's, not a company's. */
export function parsesFolder(projectRoot: string): string {
  return join(projectRoot, 'node_modules', '.cache', 'embut', 'cube')
}

/** The key that Cube itself keeps the parse of a file under while it runs. */
function cubeKey(content: string): string {
  return createHash('md5').update(content).digest('hex')
}
