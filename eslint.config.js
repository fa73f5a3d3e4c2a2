import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import svelteParser from 'svelte-eslint-parser'

const sizes = {
  'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
  'max-depth': ['error', 3],
}

const types = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
}

const habits = {
  'no-empty': 'error',
  'no-console': 'error',
  'no-restricted-exports': [
    'error',
    { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: [
        {
          name: '@lucide/svelte',
          message: 'The barrel costs 20 s in tests: import @lucide/svelte/icons/<name>.',
        },
      ],
    },
  ],
}

const typed = { languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } } }

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      'portal/build/**',
      'portal/.svelte-kit/**',
      'portal/node_modules/**',
      '.venv/**',
      '**/.embut/**',
      'target/**',
      'semantic/native/**',
      'semantic/generated/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    ignores: ['portal/**'],
    ...typed,
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: { ...types, ...habits, ...sizes },
  },
  {
    // The portal has its own tsconfig, which the framework generates.
    files: ['portal/**/*.ts'],
    ...typed,
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: { ...types, ...habits, ...sizes },
  },
  ...svelte.configs['flat/recommended'],
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parser: svelteParser,
      parserOptions: { parser: tseslint.parser, projectService: true, extraFileExtensions: ['.svelte'] },
      globals: globals.browser,
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      ...habits,
      '@typescript-eslint/no-explicit-any': 'error',
      'max-lines': ['error', 400],
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node }, rules: { ...habits, ...sizes } },
  // Frameworks read the default export of their configuration and of what they plug in.
  {
    files: ['*.config.{js,ts}', 'portal/*.config.ts', 'semantic/cube.js', 'bin/suite-reporter.mjs'],
    rules: { 'no-restricted-exports': 'off' },
  },
  // A describe() block is a list of cases, not a function to read at once.
  { files: ['tests/**/*.ts'], rules: { 'max-lines-per-function': 'off', 'no-console': 'off' } },
)
