// What a paper is called: its own name or its kind, and its number.
import type { PaperKind } from '#lib/domain/document/document.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

interface Named {
  readonly paperKind: PaperKind;
  readonly title?: string | undefined;
  readonly number?: string | undefined;
}

/** The name that it was given, else its kind. */
export const paperTitle = ({ paperKind, title }: Named, lang: Language): string =>
  title === undefined || title === '' ? lang.m.common.paperKind[paperKind] : title;

/** "Phiếu kiểm nghiệm KN 12". */
export const paperName = (paper: Named, lang: Language): string =>
  [paperTitle(paper, lang), paper.number].filter(Boolean).join(' ');
