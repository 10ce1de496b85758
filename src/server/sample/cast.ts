// The fictional producers, products and papers of the demonstration, and how far each one's dossiers have come.
import type { PaperKind, Producer } from '#lib/domain/document/document.ts';
import type { Status } from '#lib/domain/document/status.ts';

export interface SampleProducer {
  readonly number: number;
  readonly name: string;
  readonly type: NonNullable<Producer['type']>;
  readonly commune: string;
  readonly address: string;
  readonly representative: string;
  readonly sex: 'female' | 'male';
  readonly ethnicity: string;
  readonly phone?: string;
  /** Workers in all, from the commune, insured, women. */
  readonly people: readonly [number, number, number, number];
  /** Days from today, and what for. */
  readonly visit?: readonly [inDays: number, time: string, note: string];
}

export interface SampleProduct {
  readonly number: number;
  readonly producer: number;
  readonly name: string;
  readonly setId: string;
  readonly presentation: string;
  readonly unit: string;
  /** Stars now, and the days from today until the certificate ends. */
  readonly recognised?: readonly [stars: number, endsInDays: number];
  /** A survey; of a draft the sections that are filled in. */
  readonly survey?: Status;
  readonly sections?: number;
  /** A self-assessment, and how high it reaches (0 … 1) at each criterion; of a draft the criteria looked at. */
  readonly assessment?: Status;
  readonly reach?: number;
  readonly criteria?: number;
}

export interface SamplePaper {
  readonly number: number;
  readonly product: number;
  readonly kind: PaperKind;
  readonly title?: string;
  readonly code: string;
  readonly issuer: string;
  readonly issuedDaysAgo: number;
  /** Days from today to its last day; left out where it has none. */
  readonly endsInDays?: number;
  /** Criteria of the product's self-assessment that it proves. */
  readonly proves?: readonly string[];
}

const PHAN_RI_CUA = '22972';
const HAM_THUAN_NAM = '23110';
const PHAN_THIET = '22945';
const MUI_NE = '22918';
const PHU_QUY = '23272';
const LIEN_HUONG = '22969';

/** The middle of each commune, about; the producers lie around it. */
export const CENTRES: Readonly<Record<string, readonly [lat: number, lon: number]>> = {
  [PHAN_RI_CUA]: [11.1735, 108.5672],
  [HAM_THUAN_NAM]: [10.8312, 107.9486],
  [PHAN_THIET]: [10.9289, 108.1021],
  [MUI_NE]: [10.9432, 108.2817],
  [PHU_QUY]: [10.5301, 108.9402],
  [LIEN_HUONG]: [11.2214, 108.7263]
};

/** Fourteen names and one long one; telephone numbers are of a range that is not given out. */
export const PRODUCERS: readonly SampleProducer[] = [
  { number: 1, name: 'Cơ sở mẫu 01', type: 'household', commune: PHAN_RI_CUA, address: 'Khu phố mẫu 3', representative: 'Người mẫu 01', sex: 'female', ethnicity: 'Kinh', phone: '0252 000 0001', people: [12, 10, 6, 8], visit: [1, '08:30', 'Sửa hồ sơ theo nhận xét'] },
  { number: 2, name: 'Cơ sở mẫu 02', type: 'enterprise', commune: HAM_THUAN_NAM, address: 'Thôn mẫu 1', representative: 'Người mẫu 02', sex: 'male', ethnicity: 'Kinh', phone: '0252 000 0002', people: [34, 25, 20, 19] },
  { number: 3, name: 'Hộ kinh doanh mẫu 03', type: 'household', commune: PHAN_RI_CUA, address: 'Khu phố mẫu 5', representative: 'Người mẫu 03', sex: 'male', ethnicity: 'Kinh', phone: '0252 000 0003', people: [5, 5, 0, 2], visit: [3, '14:00', 'Bàn hồ sơ công nhận lại'] },
  { number: 4, name: 'HTX mẫu 04', type: 'cooperative', commune: PHAN_RI_CUA, address: 'Khu phố mẫu 1', representative: 'Người mẫu 04', sex: 'female', ethnicity: 'Chăm', phone: '0252 000 0004', people: [28, 26, 10, 22] },
  { number: 5, name: 'Tổ hợp tác mẫu 05', type: 'group', commune: HAM_THUAN_NAM, address: 'Thôn mẫu 4', representative: 'Người mẫu 05', sex: 'male', ethnicity: 'K’Ho', people: [9, 9, 0, 3] },
  { number: 6, name: 'Cơ sở mẫu 06', type: 'household', commune: PHAN_THIET, address: 'Khu phố mẫu 7', representative: 'Người mẫu 06', sex: 'female', ethnicity: 'Kinh', phone: '0252 000 0006', people: [14, 9, 7, 11] },
  { number: 7, name: 'HTX nông nghiệp dịch vụ tổng hợp mẫu 07', type: 'cooperative', commune: PHAN_RI_CUA, address: 'Thôn mẫu 2', representative: 'Người mẫu 07', sex: 'male', ethnicity: 'Kinh', phone: '0252 000 0007', people: [41, 38, 30, 20], visit: [7, '', 'Khảo sát lần đầu'] },
  { number: 8, name: 'Trang trại mẫu 08', type: 'farm', commune: HAM_THUAN_NAM, address: 'Thôn mẫu 6', representative: 'Người mẫu 08', sex: 'male', ethnicity: 'Raglai', phone: '0252 000 0008', people: [7, 6, 2, 3] },
  { number: 9, name: 'Cơ sở mẫu 09', type: 'household', commune: PHAN_THIET, address: 'Khu phố mẫu 2', representative: 'Người mẫu 09', sex: 'female', ethnicity: 'Kinh', phone: '0252 000 0009', people: [6, 6, 0, 6] },
  { number: 10, name: 'Công ty mẫu 10', type: 'enterprise', commune: PHAN_THIET, address: 'Khu phố mẫu 4', representative: 'Người mẫu 10', sex: 'male', ethnicity: 'Kinh', phone: '0252 000 0010', people: [56, 30, 56, 31] },
  { number: 11, name: 'HTX mẫu 11', type: 'cooperative', commune: LIEN_HUONG, address: 'Thôn mẫu 3', representative: 'Người mẫu 11', sex: 'female', ethnicity: 'Kinh', phone: '0252 000 0011', people: [22, 20, 12, 9] },
  { number: 12, name: 'Làng nghề mẫu 12', type: 'group', commune: LIEN_HUONG, address: 'Thôn mẫu 5', representative: 'Người mẫu 12', sex: 'female', ethnicity: 'Chăm', people: [18, 18, 0, 17] },
  { number: 13, name: 'Cơ sở mẫu 13', type: 'household', commune: MUI_NE, address: 'Khu phố mẫu 9', representative: 'Người mẫu 13', sex: 'male', ethnicity: 'Kinh', phone: '0252 000 0013', people: [8, 7, 3, 4], visit: [2, '09:00', 'Xem nhãn mới'] },
  { number: 14, name: 'HTX du lịch mẫu 14', type: 'cooperative', commune: MUI_NE, address: 'Khu phố mẫu 12', representative: 'Người mẫu 14', sex: 'female', ethnicity: 'Kinh', phone: '0252 000 0014', people: [19, 16, 11, 10] },
  { number: 15, name: 'Hộ kinh doanh mẫu 15', type: 'household', commune: PHU_QUY, address: 'Thôn mẫu 8', representative: 'Người mẫu 15', sex: 'female', ethnicity: 'Kinh', phone: '0252 000 0015', people: [4, 4, 0, 3] }
]; // prettier-ignore

export const PRODUCTS: readonly SampleProduct[] = [
  { number: 1, producer: 1, name: 'Nước mắm mẫu 01', setId: 'qd26-09', presentation: 'Chai 500 ml, 40 độ đạm', unit: 'litre', recognised: [3, 140], survey: 'accepted', assessment: 'returned' },
  { number: 2, producer: 2, name: 'Thanh long sấy dẻo mẫu 02', setId: 'qd26-07', presentation: 'Túi 200 g', unit: 'pack', survey: 'draft', sections: 9 },
  { number: 3, producer: 3, name: 'Mực một nắng mẫu 03', setId: 'qd26-08', presentation: 'Gói hút chân không 500 g', unit: 'kg', recognised: [3, 45], survey: 'accepted', assessment: 'submitted', reach: 0.7 },
  { number: 4, producer: 4, name: 'Nho tươi mẫu 04', setId: 'qd26-01', presentation: 'Hộp 1 kg', unit: 'kg', recognised: [4, 610], survey: 'accepted', assessment: 'accepted', reach: 0.65 },
  { number: 5, producer: 5, name: 'Trà lá sen mẫu 05', setId: 'qd26-12', presentation: 'Hộp 20 túi lọc', unit: 'box', survey: 'submitted', assessment: 'draft', reach: 0.5, criteria: 18 },
  { number: 6, producer: 6, name: 'Hạt điều rang muối mẫu 06', setId: 'qd26-07', presentation: 'Hũ 450 g', unit: 'kg', survey: 'submitted', assessment: 'draft', reach: 0.6, criteria: 12 },
  { number: 7, producer: 7, name: 'Nước ép thanh long ruột đỏ lên men tự nhiên mẫu 07', setId: 'qd26-17', presentation: 'Chai 330 ml', unit: 'bottle', survey: 'draft', sections: 2 },
  { number: 8, producer: 1, name: 'Mắm ruốc mẫu 08', setId: 'qd26-09', presentation: 'Hũ 300 g', unit: 'kg', recognised: [4, 420], survey: 'accepted', assessment: 'accepted', reach: 0.65 },
  { number: 9, producer: 4, name: 'Mật nho mẫu 09', setId: 'qd26-17', presentation: 'Chai 500 ml', unit: 'bottle', survey: 'returned', assessment: 'draft', reach: 0.4, criteria: 5 },
  { number: 10, producer: 8, name: 'Mật ong rừng mẫu 10', setId: 'qd26-04', presentation: 'Chai 500 ml', unit: 'litre', recognised: [3, -30], survey: 'accepted' },
  { number: 11, producer: 2, name: 'Thanh long ruột trắng mẫu 11', setId: 'qd26-01', presentation: 'Thùng 10 kg', unit: 'tonne', recognised: [3, 165], survey: 'submitted' },
  { number: 12, producer: 8, name: 'Thịt dê tươi mẫu 12', setId: 'qd26-02', presentation: 'Khay 500 g', unit: 'kg' },
  { number: 13, producer: 9, name: 'Bánh rế mẫu 13', setId: 'qd26-06', presentation: 'Gói 10 cái', unit: 'pack', recognised: [3, 700], survey: 'accepted', assessment: 'accepted', reach: 0.6 },
  { number: 14, producer: 10, name: 'Cà phê bột mẫu 14', setId: 'qd26-13', presentation: 'Gói 500 g', unit: 'kg', survey: 'submitted', assessment: 'submitted', reach: 0.8 },
  { number: 15, producer: 10, name: 'Nước mắm nhĩ mẫu 15', setId: 'qd26-09', presentation: 'Chai 750 ml, 35 độ đạm', unit: 'litre', recognised: [5, 900], survey: 'accepted', assessment: 'accepted', reach: 1 },
  { number: 16, producer: 3, name: 'Cá cơm khô mẫu 16', setId: 'qd26-08', presentation: 'Gói 250 g', unit: 'kg' },
  { number: 17, producer: 6, name: 'Sữa hạt điều mẫu 17', setId: 'qd26-17', presentation: 'Chai 250 ml', unit: 'bottle', survey: 'draft', sections: 5 },
  { number: 18, producer: 11, name: 'Táo xanh mẫu 18', setId: 'qd26-01', presentation: 'Hộp 2 kg', unit: 'kg', recognised: [3, 130], survey: 'submitted', assessment: 'returned', reach: 0.55 },
  { number: 19, producer: 11, name: 'Muối hạt mẫu 19', setId: 'qd26-10', presentation: 'Túi 1 kg', unit: 'tonne', survey: 'draft', sections: 12 },
  { number: 20, producer: 12, name: 'Gốm mẫu 20', setId: 'qd26-21', presentation: 'Bình hoa nung lộ thiên', unit: 'piece', recognised: [4, 300], survey: 'accepted', assessment: 'accepted', reach: 0.75 },
  { number: 21, producer: 12, name: 'Khăn thổ cẩm mẫu 21', setId: 'qd26-22', presentation: 'Khăn 180 × 60 cm', unit: 'piece', survey: 'draft', sections: 1 },
  { number: 22, producer: 13, name: 'Nước mắm cá thu mẫu 22', setId: 'qd26-09', presentation: 'Chai 500 ml', unit: 'litre', survey: 'submitted', assessment: 'submitted', reach: 0.75 },
  { number: 23, producer: 13, name: 'Rượu tỏi mẫu 23', setId: 'qd26-15', presentation: 'Chai 500 ml', unit: 'bottle' },
  { number: 24, producer: 14, name: 'Tham quan làng chài mẫu 24', setId: 'qd26-26', presentation: 'Nửa ngày, nhóm 10 người', unit: 'piece', survey: 'draft', sections: 7, assessment: 'draft', reach: 0.5, criteria: 9 },
  { number: 25, producer: 15, name: 'Hải sâm khô mẫu 25', setId: 'qd26-08', presentation: 'Hộp 200 g', unit: 'kg', recognised: [3, 20], survey: 'returned', assessment: 'draft', reach: 0.6, criteria: 20 }
]; // prettier-ignore

/** Papers that hold, that have no end, that run out, and that have expired. */
export const PAPERS: readonly SamplePaper[] = [
  { number: 1, product: 1, kind: 'food_safety', code: 'Mẫu 12/GCN', issuer: 'Chi cục mẫu', issuedDaysAgo: 695, endsInDays: 400, proves: ['9'] },
  { number: 2, product: 1, kind: 'test', title: 'Kiểm nghiệm đạm và vi sinh', code: 'Mẫu 45/KN', issuer: 'Trung tâm kiểm nghiệm mẫu', issuedDaysAgo: 325, endsInDays: 40, proves: ['8', '9'] },
  { number: 3, product: 1, kind: 'declaration', code: 'Mẫu 01/TCB', issuer: 'Cơ sở mẫu 01', issuedDaysAgo: 610, proves: ['8'] },
  { number: 4, product: 1, kind: 'workers', code: 'Mẫu 03/DS', issuer: 'UBND xã', issuedDaysAgo: 120, proves: ['3.3'] },
  { number: 5, product: 3, kind: 'food_safety', code: 'Mẫu 21/GCN', issuer: 'Chi cục mẫu', issuedDaysAgo: 1116, endsInDays: -20 },
  { number: 6, product: 13, kind: 'test', code: 'Mẫu 52/KN', issuer: 'Trung tâm kiểm nghiệm mẫu', issuedDaysAgo: 350, endsInDays: 15 },
  { number: 7, product: 15, kind: 'management', title: 'Chứng nhận HACCP', code: 'Mẫu 08/HACCP', issuer: 'Tổ chức chứng nhận mẫu', issuedDaysAgo: 400, endsInDays: 695, proves: ['9'] },
  { number: 8, product: 18, kind: 'origin', title: 'Chứng nhận VietGAP', code: 'Mẫu 77/VG', issuer: 'Tổ chức chứng nhận mẫu', issuedDaysAgo: 720, endsInDays: 10 },
  { number: 9, product: 22, kind: 'food_safety', code: 'Mẫu 34/GCN', issuer: 'Chi cục mẫu', issuedDaysAgo: 1100, endsInDays: -5 }
]; // prettier-ignore

/** The self-assessment of product 1: points per criterion; null = looked at, no option reached; absent = not looked at. */
export const FISH_SAUCE_POINTS: Readonly<Record<string, number | null>> = {
  '1.1': 5, '1.2': 3, '1.3': 2, '1.4': 1, '1.5': 1, '1.6': 1,
  '2.1': 3, '2.2': 2, '2.3': 2, '2.4': null,
  '3.1': 3, '3.2': 1, '3.3': 3, '3.5': 1,
  '4.1': 3, '4.2': 2, '4.3': 3,
  '5.1': 3, '5.2': 2, '5.3': 3,
  '6.1': 2, '6.2': 3, '6.3': 3, '6.4': 3, '6.5': 4,
  '7': 3, '8': 4, '9': 3, '10': 2
}; // prettier-ignore

/** What the reviewer remarks on a returned dossier: the place, and the words. */
export const REMARKS_ON_ASSESSMENT: readonly (readonly [target: string, text: string])[] = [
  ['1.4', 'Hợp đồng liên kết chưa ghi sản lượng. Bổ sung phụ lục hoặc chọn lại mức.'],
  ['2.3', 'Ảnh nhãn chưa thấy địa chỉ cơ sở. Chụp lại mặt sau chai.'],
  ['5.1', 'Câu chuyện cần có tư liệu kèm theo (tờ rơi hoặc phim).']
];
export const REMARKS_ON_SURVEY: readonly (readonly [target: string, text: string])[] = [
  ['workers_local', 'Ghi rõ số lao động của xã, kèm danh sách.'],
  ['revenue', 'Doanh thu năm trước chênh nhiều so với sản lượng. Kiểm tra lại.']
];
