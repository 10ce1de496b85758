// The sentence for each reason why a chosen file has not become a photo.
import type { PhotoProblem } from '#lib/app/photos/outcome.ts';
import type { Messages } from '#lib/i18n/messages.ts';

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
