export const ranges = {
  group: 'Group into ranges',
  full: (most: number) => `${most} fields of this report are in ranges already`,
  borders: 'Ranges begin at',
  hint: 'Numbers with ; between them, for example 1000; 5000; 10000',
  result: 'Ranges',
  inRanges: 'in ranges',
  problem: {
    notNumbers: (what: string) => `“${what}” is no number. Write numbers with ; between them`,
    tooMany: (most: string) => `Write at most ${most} numbers`,
    none: () => 'Write at least one number',
    tooLong: (what: string) => `${what} is too long: at most 12 digits, and 6 after the decimal sign`,
  },
}
