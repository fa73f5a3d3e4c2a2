import { join } from 'node:path'
import { format } from 'prettier'
import { createCore } from './core.ts'
import { refuseFailure } from './answer.ts'
import { parsesFolder } from './kept-parses.ts'
import { silent } from './logger.ts'
import { parseMeta, type MemberMeta, type ViewMeta } from './meta.ts'
import { securityContext } from './reader.ts'

/** Every report type of the compiled model with all its members, as one who may see everything. */
export async function readModel(projectRoot: string): Promise<ViewMeta[]> {
  const core = createCore({
    modelFolder: join(projectRoot, 'semantic', 'model'),
    parsesFolder: parsesFolder(projectRoot),
    logger: silent,
  })
  const context = securityContext({
    userId: 'model',
    role: 'administrator',
    personId: null,
    departmentIds: [],
    canSeePersonal: true,
  })
  try {
    const answer = await core.meta({ securityContext: context })
    refuseFailure(answer)
    return parseMeta(answer)
  } finally {
    await core.shutdown()
  }
}

/** The TypeScript text of `generated/members.ts`. */
export async function memberModule(views: readonly ViewMeta[]): Promise<string> {
  const sorted = [...views].sort((a, b) => a.name.localeCompare(b.name))
  const text = [
    '// Written by `node semantic/write-members.ts` from semantic/model. Change the model, not this file.',
    'export const MEMBERS = {',
    ...sorted.flatMap(viewLines),
    '} as const',
  ].join('\n')
  return format(text, { parser: 'typescript', semi: false, singleQuote: true, printWidth: 110 })
}

function viewLines({ name, members }: ViewMeta): string[] {
  const kinds: readonly MemberMeta['kind'][] = ['measure', 'dimension', 'time']
  return [
    `  ${name}: {`,
    ...kinds.flatMap((kind) => [
      `    ${kind}: [`,
      ...members
        .filter((member) => member.kind === kind)
        .map((member) => `      '${member.name.slice(name.length + 1)}',`),
      '    ],',
    ]),
    '  },',
  ]
}
