// Where the photos of a product belong: the product itself, criteria, questions, papers, and those that no record names.
import { loadSet } from '#lib/domain/criteria/load.ts';
import { criteriaOf } from '#lib/domain/criteria/set.ts';
import type { Answer, Assessment, Paper, Product, Survey } from '#lib/domain/document/document.ts';
import { kindOfId } from '#lib/domain/document/id.ts';
import type { Bilingual } from '#lib/domain/form/data.ts';
import { loadForm } from '#lib/domain/form/load.ts';
import { photosIn } from '#lib/domain/photo/references.ts';
import { type StoredPhoto, photosOf } from '#lib/storage/photos.ts';
import type { Store, Stored } from '#lib/storage/store.ts';

/** The photos at one place of a dossier. */
export interface PlacedPhotos {
  /** Code of a criterion, name of a question. */
  readonly place: string;
  /** What the place is called; null where this build does not know. */
  readonly title: Bilingual | null;
  readonly ids: readonly string[];
}

export interface DossierPhotos {
  readonly dossier: Assessment | Survey;
  readonly places: readonly PlacedPhotos[];
}

export interface ProductPhotos {
  readonly ofProduct: readonly string[];
  /** The newest first; those without photos are left out. */
  readonly dossiers: readonly DossierPhotos[];
  readonly papers: readonly { readonly paper: Paper; readonly ids: readonly string[] }[];
  /** Kept, and named by no record: the oldest first. */
  readonly unplaced: readonly StoredPhoto[];
}

/** Sorts the photos of a product by where they belong. @param dossiers all of the product, the newest first */
export async function placedPhotos(
  store: Store,
  product: Product,
  dossiers: readonly (Assessment | Survey)[]
): Promise<ProductPhotos> {
  const [papers, photos, placed] = await Promise.all([
    store.ownedBy('paper', product._id),
    photosOf(store, product._id),
    Promise.all(dossiers.map(async (dossier) => ({ dossier, places: await placesOf(dossier) })))
  ]);
  const records = [product, ...dossiers, ...papers.map(({ doc }: Stored<Paper>) => doc)];
  const named = new Set(records.flatMap(photosIn));
  return {
    ofProduct: product.photos ?? [],
    dossiers: placed.filter(({ places }) => places.length > 0),
    papers: papers.map(({ doc }) => ({ paper: doc, ids: photosIn(doc) })).filter(({ ids }) => ids.length > 0),
    unplaced: photos.filter(({ doc }) => !named.has(doc._id))
  };
}

/** All photos that are sorted, each once. */
export function countPhotos({ ofProduct, dossiers, papers, unplaced }: ProductPhotos): number {
  const placed = [...dossiers.flatMap(({ places }) => places), ...papers].flatMap(({ ids }) => ids);
  return new Set([...ofProduct, ...placed, ...unplaced.map(({ doc }) => doc._id)]).size;
}

const placesOf = (dossier: Assessment | Survey): Promise<PlacedPhotos[]> =>
  dossier.kind === 'assessment' ? placesOfAssessment(dossier) : placesOfSurvey(dossier);

async function placesOfAssessment({
  setId,
  setVersion,
  evidenceByCriterion = {}
}: Assessment): Promise<PlacedPhotos[]> {
  const shown = Object.entries(evidenceByCriterion)
    .map(([place, ids]) => ({ place, ids: onlyPhotos(ids) }))
    .filter(({ ids }) => ids.length > 0);
  if (shown.length === 0) return [];
  const set = await loadSet(setId, setVersion);
  const criteria = set.ok ? criteriaOf(set.value) : [];
  const order = criteria.map(({ code }) => code);
  return shown
    .sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place))
    .map(({ place, ids }) => ({ place, ids, title: criteria.find(({ code }) => code === place)?.title ?? null }));
}

async function placesOfSurvey({ formId, formVersion, answers }: Survey): Promise<PlacedPhotos[]> {
  const idsByName = new Map<string, string[]>();
  const note = (name: string, answer: Answer): void => {
    if (!Array.isArray(answer)) return;
    const ids = onlyPhotos(answer);
    if (ids.length > 0) idsByName.set(name, [...(idsByName.get(name) ?? []), ...ids]);
    for (const row of answer) {
      if (typeof row === 'object') for (const [cell, inside] of Object.entries(row)) note(cell, inside);
    }
  };
  for (const [name, answer] of Object.entries(answers)) note(name, answer);
  if (idsByName.size === 0) return [];
  const form = await loadForm(formId, formVersion);
  return [...idsByName].map(([place, ids]) => ({
    place,
    ids,
    title: (form.ok ? form.value.itemByName.get(place)?.label : null) ?? null
  }));
}

const onlyPhotos = (list: readonly unknown[]): string[] =>
  list.filter((one): one is string => typeof one === 'string' && kindOfId(one) === 'photo');
