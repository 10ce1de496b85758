// The technical facts of a phone as lines of text, to be read before they are sent.
import type { Diagnostics } from '#lib/app/device/diagnostics.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** One line per fact, in the reader's language. */
export function diagnosticsText(found: Diagnostics, lang: Language): string {
  const { fact, yes, no, none, unknown } = lang.m.settings;
  const flag = (value: boolean | null) => (value === null ? unknown : value ? yes : no);
  const bytes = (value: number | null) => (value === null ? unknown : lang.bytes(value));
  const instant = (value: string | null) => (value === null ? none : `${lang.day(value)} ${lang.time(value)}`);
  const photos = (['waiting', 'refused', 'sent', 'cached'] as const).map((state) => {
    const { count, bytes } = found.photos[state];
    return `${lang.number(count)} (${lang.bytes(bytes)})`;
  });
  const lines: [string, string][] = [
    [fact.version, found.version],
    [fact.account, found.account],
    [fact.taken, instant(found.taken)],
    [fact.browser, found.browser],
    [fact.screen, found.screen],
    [fact.language, found.language],
    [fact.installed, flag(found.installed)],
    [fact.online, flag(found.online)],
    [fact.offlineReady, flag(found.offlineReady)],
    [fact.worker, found.worker],
    [fact.notices, found.notices],
    [fact.looksForNews, flag(found.looksForNews)],
    [fact.persisted, flag(found.persisted)],
    [fact.used, bytes(found.used)],
    [fact.quota, bytes(found.quota)],
    [fact.documents, lang.number(found.documents)],
    [fact.waiting, lang.number(found.waiting)],
    [fact.refused, lang.number(found.refused)],
    [fact.conflict, lang.number(found.conflict)],
    [fact.lost, lang.number(found.lost)],
    [fact.second, lang.number(found.secondVersions)],
    ...found.refusals.map(([code, count]): [string, string] => [`${fact.refused} ${code}`, lang.number(count)]),
    [fact.syncPhase, found.syncPhase],
    [fact.syncProblem, found.syncProblem ?? none],
    [fact.nextTry, instant(found.nextTry)],
    [fact.lastContact, instant(found.lastContact)],
    [fact.clockSkew, found.clockSkew === null ? unknown : lang.number(found.clockSkew)],
    [fact.traffic, lang.bytes(found.traffic)],
    [fact.photos, photos.join(' / ')],
    ...found.databases.map(({ name, since, completed, unsent }): [string, string] => [
      name,
      fact.database({ since: since ?? none, completed: instant(completed), unsent: lang.number(unsent) })
    ]),
    ...found.databases.flatMap(({ odd }) => odd.map(({ id, why }): [string, string] => [fact.odd, `${id} (${why})`]))
  ];
  return lines.map(([name, value]) => `${name}: ${value}`).join('\n');
}
