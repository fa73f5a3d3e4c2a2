import { setCubeEnvironment } from './environment.ts'
import type { SemanticOptions, SemanticService } from './service.ts'

/**
 * Opens the semantic layer on a folder of published files. It follows new versions by itself, and before the
 * first publish it answers every question with a UserError that says so.
 */
export async function createSemantic(options: SemanticOptions): Promise<SemanticService> {
  setCubeEnvironment(process.env)
  const { openSemantic } = await import('./service.ts')
  return openSemantic(options)
}
