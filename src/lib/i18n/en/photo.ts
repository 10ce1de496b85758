// English sentences: photo (why a chosen file has not become a photo, and what to do).
import type { Translation } from '../locale.ts';
import type { photo as source } from '../vi/photo.ts';

export const photo: Translation<typeof source> = {
  problem: {
    empty: 'This file is empty, there is no picture in it. Take it again, or choose another picture.',
    notAnImage: {
      pdf: 'This is a PDF, not a picture. Open it, take a screenshot of the page you need and choose that.',
      video: 'This is a video, not a picture. Take a photo, or a screenshot of the scene you need.',
      other: 'This file is not a picture. Take a photo, or choose another file.'
    },
    heic: 'This phone cannot open HEIC pictures. In the camera’s settings choose “JPEG” or “Most compatible” and take it again. For a picture you have: open it, take a screenshot and choose the screenshot.',
    unsupported: (p) =>
      `This phone cannot open ${p.format} pictures. Save it as JPEG; or open it, take a screenshot and choose the screenshot.`,
    broken: 'The picture is damaged or was not copied whole, so it cannot be opened. Take it again, or choose another.',
    tooLarge: (p) =>
      `A picture of ${p.megapixels} megapixels is too large for this phone’s memory. Choose a smaller size in the camera’s settings and take it again; 2 megapixels are enough.`,
    unreadable:
      'This picture could not be read: it is still in the cloud, or was just deleted. Open it in the gallery to bring it to the phone, then choose it again.',
    crashed:
      'The phone stopped in the middle of this picture; it is not saved. What was saved is still on the phone. Close other apps and choose the picture again.',
    aborted: 'Stopped. This picture is not saved.'
  }
};
