// Vietnamese sentences: conflict (two versions of one record, to be made one again).
export const conflict = {
  title: 'Hai bản khác nhau',
  intro: (p: { who: string; merged: string }) => `Bạn và ${p.who} cùng sửa hồ sơ này. ${p.merged} chỗ khác đã tự ghép.`,
  introPlain: (p: { who: string }) => `Bạn và ${p.who} cùng sửa hồ sơ này.`,
  open: (p: { n: string }) => `${p.n} chỗ`,
  openRest: 'cần bạn chọn; chưa chọn thì giữ cả hai.',
  mine: (p: { day: string; time: string }) => `Bạn, ${p.day} lúc ${p.time}`,
  theirs: (p: { who: string; day: string; time: string }) => `${p.who}, ${p.day} lúc ${p.time}`,
  somebody: 'người khác',
  rewrite: 'Viết lại cho đúng',
  rewritten: 'Bản viết lại',
  rewriteLabel: (p: { field: string }) => `Viết lại: ${p.field}`,
  chosen: (p: { done: string; of: string }) => `Đã chọn ${p.done} trong ${p.of} chỗ`,
  nextOpen: 'Đến chỗ chưa chọn',
  merge: 'Ghép thành một bản',
  merged: 'Đã ghép thành một bản, sẽ gửi lên máy chủ',
  unreadable: 'Bản của người kia do ứng dụng mới hơn viết. Cập nhật ứng dụng rồi so sánh; đến lúc đó giữ cả hai bản.',
  toUpdate: 'Xem bản cập nhật',
  empty: 'Để trống',
  deletedHere: 'Xóa hồ sơ này',
  keptHere: 'Giữ hồ sơ này',
  points: (p: { points: string; text: string }) => `${p.points} điểm · ${p.text}`,
  unseen: 'Chưa xem',
  notReached: 'Không đạt mức nào',
  option: (p: { n: string }) => `Mức ${p.n}`,
  rows: (p: { n: string }) => `${p.n} dòng`,
  rowGone: 'Đã xóa dòng này',
  whole: (p: { status: string }) => `${p.status}: lấy nguyên cả bản này`,
  yes: 'Có',
  no: 'Không',
  where: {
    producer: (p: { name: string }) => `Chủ thể ${p.name}`,
    product: (p: { name: string }) => `Sản phẩm ${p.name}`,
    survey: (p: { section: string }) => p.section,
    criterion: (p: { code: string }) => `Tiêu chí ${p.code}`,
    note: (p: { code: string }) => `Ghi chú ở tiêu chí ${p.code}`,
    reason: 'Lý do giữ câu trả lời',
    record: 'Hồ sơ',
    review: 'Nhận xét'
  },
  field: {
    plannedVisit: 'Hẹn đến thăm',
    recognition: 'Hạng sao hiện tại',
    representative: 'Người đại diện',
    status: 'Trạng thái',
    deleted: 'Xóa hay giữ',
    description: 'Tự giới thiệu',
    disqualified: 'Điều kiện loại',
    remarks: 'Nhận xét',
    producerId: 'Chủ thể',
    other: (p: { name: string }) => `Trường ${p.name}`
  },
  none: {
    title: 'Hồ sơ này không còn hai bản',
    text: 'Đã được ghép, hoặc máy chủ đã nhận bản của bạn. Không phải làm gì.'
  },
  all: {
    title: 'Không có chỗ nào khác nhau',
    text: 'Hai bản có nội dung giống nhau. Ghép lại thành một bản.'
  },
  failed: 'Chưa ghép được. Cả hai bản vẫn còn trên máy; thử lại.'
};
