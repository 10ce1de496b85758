// The arithmetic of looking at a picture closely: how large it is drawn and where, on a stage measured from its middle.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a picture lies on its stage: `scale` 1 fits it in; `x`, `y` move its middle, CSS pixels. */
export interface View extends Point {
  readonly scale: number;
}

/** The whole picture, in the middle. */
export const WHOLE: View = { scale: 1, x: 0, y: 0 };

/** The closest look: a pixel of a photo of 1600 is then three or four of a phone's. */
export const CLOSEST = 6;
/** What a double tap goes to. */
export const CLOSE = 2.5;

/** The size of a picture that fits into a stage whole; never larger than it is. */
export function fitted(picture: Size, stage: Size): Size {
  const share = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return { width: picture.width * share, height: picture.height * share };
}

/**
 * Zooms so that what lies under a point stays there.
 * @param fit the picture's size at scale 1
 */
export function zoomedAt(view: View, factor: number, at: Point, fit: Size, stage: Size): View {
  const scale = Math.min(CLOSEST, Math.max(1, view.scale * factor));
  const ratio = scale / view.scale;
  const moved = { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
  return clamped(moved, fit, stage);
}

/** Moves the picture, no farther than its edges. */
export const panned = (view: View, by: Point, fit: Size, stage: Size): View =>
  clamped({ scale: view.scale, x: view.x + by.x, y: view.y + by.y }, fit, stage);

/** The same view with no edge of the picture farther in than the stage's, and in the middle where it is smaller. */
export function clamped({ scale, x, y }: View, fit: Size, stage: Size): View {
  const most = (picture: number, room: number) => Math.max(0, (picture * scale - room) / 2);
  const within = (value: number, limit: number) => (limit === 0 ? 0 : Math.min(limit, Math.max(-limit, value)));
  return {
    scale,
    x: within(x, most(fit.width, stage.width)),
    y: within(y, most(fit.height, stage.height))
  };
}
