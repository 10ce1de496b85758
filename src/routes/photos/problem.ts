// The sentence for each reason why a chosen file has not become a photo, and files of one reason together.
import type { PhotoProblem } from '#lib/app/photos/outcome.ts';
import type { Failure } from '#lib/app/photos/taking.svelte.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** Says what happened, what it means, what to do. */
export function photoProblemSentence(problem: PhotoProblem, { photo: { problem: say } }: Messages): string {
  switch (problem.tag) {
    case 'notAnImage':
      return say.notAnImage[problem.found];
    case 'unsupported':
      return problem.format === 'HEIC' ? say.heic : say.unsupported({ format: problem.format });
    case 'tooLarge':
      return say.tooLarge({ megapixels: String(problem.megapixels) });
    case 'empty':
    case 'broken':
    case 'unreadable':
    case 'crashed':
    case 'aborted':
      return say[problem.tag];
  }
}

/** Failures by their sentence: ten files that there was no room for are told of once. */
export function groupFailures(failures: readonly Failure[], { m }: Language): { names: string[]; text: string }[] {
  const groups = new Map<string, string[]>();
  for (const { name, problem } of failures) {
    const text = takingProblemSentence(problem, m);
    groups.set(text, [...(groups.get(text) ?? []), name]);
  }
  return [...groups].map(([text, names]) => ({ names, text }));
}

function takingProblemSentence(problem: Failure['problem'], m: Messages): string {
  switch (problem.tag) {
    case 'full':
    case 'notSaved':
    case 'damaged':
      return m.evidence[problem.tag];
    default:
      return photoProblemSentence(problem, m);
  }
}
