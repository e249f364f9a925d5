/** Languages in which people read. */
export const LANGUAGES = ['kk', 'ru', 'en'] as const;

/** `kk`, `ru` or `en`. */
export type Language = (typeof LANGUAGES)[number];

/** The language asked for, else the locale's (POSIX: LC_ALL, LC_MESSAGES, LANG), else English. */
export function languageOf(
  asked: Language | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  const spoken = locale?.slice(0, 2).toLowerCase();
  return asked ?? LANGUAGES.find((language) => language === spoken) ?? 'en';
}
