// Vietnamese sentences: paper (its page, its form, and where it is evidence).
export const paper = {
  title: 'Giấy tờ',
  newTitle: 'Giấy tờ mới',
  editTitle: 'Sửa giấy tờ',
  section: {
    paper: 'Giấy tờ',
    validity: 'Thời hạn',
    facts: 'Trên giấy',
    proofs: 'Minh chứng cho',
    note: 'Ghi chú',
    history: 'Lịch sử'
  },
  field: {
    paperKind: 'Loại giấy tờ',
    title: 'Tên gọi',
    titleHint: 'Khi loại chưa nói đủ, ví dụ Chỉ tiêu vi sinh',
    number: 'Số',
    numberHint: 'Như ghi trên giấy',
    issuer: 'Nơi cấp',
    issuedOn: 'Ngày cấp',
    validUntil: 'Có giá trị đến',
    validUntilHint: 'Bỏ trống nếu không có thời hạn',
    note: 'Ghi chú',
    photos: 'Ảnh giấy tờ',
    productId: 'Sản phẩm'
  },
  empty: 'Chưa ghi',
  warning: {
    later: 'Ngày cấp ở sau hôm nay.',
    before: 'Ngày hết hạn ở trước ngày cấp. Xem lại một trong hai ngày.',
    year: 'Năm này có vẻ chưa đúng. Xem lại trên giấy.'
  },
  error: {
    kind: 'Chọn loại để lưu giấy tờ này.',
    elsewhere: 'Sản phẩm này thuộc xã ngoài tài khoản của bạn nên chưa lưu được. Chữ bạn gõ vẫn được giữ.'
  },
  notSavedYet: 'Lưu khi có loại giấy tờ',
  duplicate: {
    title: 'Có thể đã có giấy tờ này',
    same: 'trùng loại và số',
    sameKind: 'cùng loại, chưa ghi số',
    text: 'Dùng lại thì không phải nhập hai lần.',
    use: 'Dùng giấy tờ đã có',
    held: 'Chưa tạo; chữ bạn gõ vẫn được giữ. Chọn một trong hai.',
    dropped: 'Đã bỏ giấy tờ vừa tạo'
  },
  done: 'Xong',
  edit: 'Sửa',
  menu: 'Việc khác',
  remove: 'Xóa giấy tờ',
  removeAnyway: 'Vẫn xóa giấy tờ',
  removed: (p: { name: string }) => `Đã xóa ${p.name}`,
  isEvidence: (p: { codes: string }) => `Đang là minh chứng của tiêu chí ${p.codes}.`,
  isEvidenceText: 'Xóa thì bản tự đánh giá đang mở sẽ thôi tính giấy này. Bản đã nộp, đã duyệt vẫn ghi như khi nộp.',
  openProduct: 'Mở sản phẩm',
  gone: { title: 'Đã xóa giấy tờ này', text: 'Giấy tờ không còn trong sản phẩm. Bấm “Hoàn tác” để lấy lại.' },
  missing: {
    title: 'Không có giấy tờ này trên máy',
    text: 'Có thể đã bị xóa, hoặc chưa tải về. Đồng bộ rồi mở lại.'
  },
  noProduct: {
    title: 'Chưa biết giấy tờ của sản phẩm nào',
    text: 'Mở sản phẩm, vào “Minh chứng” rồi bấm “Thêm giấy tờ”.'
  },
  proof: (p: { code: string; title: string }) => `${p.code} ${p.title}`,
  proofOf: (p: { day: string }) => `Tự đánh giá ${p.day}`,
  noProofs: 'Chưa gắn với tiêu chí nào. Mở tự đánh giá, chọn tiêu chí rồi bấm “Gắn giấy tờ”.',
  list: {
    title: 'Giấy tờ',
    none: 'Chưa có giấy tờ nào. Thêm giấy đầu tiên để biết khi nào hết hạn.',
    noneToRead: 'Chưa có giấy tờ nào.',
    add: 'Thêm giấy tờ'
  },
  fromSurvey: {
    title: (p: { count: number; day: string }) => `Phiếu khảo sát ${p.day} có ${String(p.count)} giấy tờ chưa có ở đây`,
    take: (p: { count: number }) => `Lấy ${String(p.count)} giấy tờ vào`,
    taken: (p: { count: number }) => `Đã lấy ${String(p.count)} giấy tờ từ phiếu khảo sát`
  },
  attach: {
    action: 'Gắn giấy tờ',
    title: (p: { code: string }) => `Giấy tờ cho ${p.code}`,
    list: (p: { code: string }) => `Giấy tờ minh chứng tiêu chí ${p.code}`,
    create: 'Giấy tờ mới',
    none: 'Sản phẩm chưa có giấy tờ nào khác để gắn.',
    attached: (p: { name: string; code: string }) => `Đã gắn ${p.name} vào ${p.code}`,
    detach: (p: { name: string; code: string }) => `Gỡ ${p.name} khỏi ${p.code}`,
    detached: (p: { code: string }) => `Đã gỡ giấy tờ khỏi ${p.code}`,
    lost: 'Giấy tờ đã xóa hoặc chưa tải về'
  },
  due: {
    title: 'Giấy tờ đến hạn',
    soon: 'Sắp hết hạn',
    expired: 'Đã hết hạn',
    none: { title: 'Không có giấy tờ nào đến hạn', text: 'Giấy còn dưới 60 ngày hoặc mới hết hạn sẽ hiện ở đây.' }
  }
};
