// Vietnamese sentences: survey (the survey editor).
export const survey = {
  title: 'Phiếu khảo sát',
  sections: 'Các mục của phiếu',
  openSections: 'Mở danh sách mục',
  sectionState: {
    done: 'Xong',
    todo: 'Chưa làm',
    missing: (p: { count: number }) => `Còn thiếu ${String(p.count)} câu`,
    faulty: (p: { count: number }) => `${String(p.count)} chỗ cần sửa`
  },
  next: (p: { section: string }) => `Tiếp: ${p.section}`,
  handIn: 'Nộp phiếu',
  problems: {
    title: (p: { count: number }) => `Còn ${String(p.count)} chỗ phải sửa`,
    text: 'Câu trả lời vẫn còn trên máy. Chạm vào từng chỗ để sửa, rồi nộp lại.',
    first: 'Đến chỗ đầu tiên'
  },
  doubtful: {
    title: (p: { count: number }) => `Còn ${String(p.count)} chỗ cần xem lại`,
    text: 'Sửa câu trả lời, hoặc ghi lý do giữ lại.',
    reasonForAll: 'Lý do giữ tất cả',
    reasonNeeded: 'Ghi lý do trước khi giữ.',
    keepAll: 'Giữ tất cả'
  },
  ready: {
    title: 'Nộp phiếu khảo sát',
    text: 'Phiếu đã đủ. Sau khi nộp, tổ tư vấn xem phiếu; bạn sửa tiếp được khi phiếu bị trả lại.',
    hidden: 'Câu trả lời ở những câu đang ẩn không được nộp theo.',
    later: 'Để sau'
  },
  handedIn: 'Đã nộp. Phiếu được gửi khi có mạng.',
  notHandedIn: 'Chưa nộp được. Câu trả lời vẫn còn trên máy; bạn thử nộp lại.',
  remove: 'Xóa phiếu này',
  removed: 'Đã xóa 1 phiếu khảo sát',
  locked: {
    submitted: 'Phiếu đã nộp. Tổ tư vấn đang xem; chỉ sửa được khi phiếu bị trả lại.',
    accepted: 'Phiếu đã duyệt nên không sửa được nữa.',
    others: (p: { by: string }) => `Phiếu của ${p.by}. Bạn chỉ xem được.`
  },
  returned: 'Phiếu bị trả lại. Sửa theo nhận xét rồi nộp lại.',
  row: {
    untitled: (p: { number: number }) => `Dòng ${String(p.number)}`,
    remove: (p: { title: string }) => `Xóa ${p.title}`,
    removed: (p: { title: string }) => `Đã xóa ${p.title}`,
    close: 'Xong dòng này'
  },
  cleared: 'Đã bỏ chọn',
  blank: '–',
  fault: {
    required: 'Chưa trả lời. Phiếu cần câu này.',
    integer: 'Cần một số nguyên.',
    decimal: 'Cần một con số.',
    date: 'Ngày này không có trong lịch.',
    choice: 'Mục đã chọn không còn phù hợp. Chọn lại.',
    text: 'Cần chữ ở đây.',
    geopoint: 'Vị trí này không đọc được. Đo lại.',
    signature: 'Chữ ký này không đọc được. Ký lại.',
    image: 'Chỗ này cần ảnh. Chụp hoặc chọn lại.',
    tooLong: 'Dài quá 200.000 chữ cái. Rút ngắn để nộp được.'
  },
  doubt: {
    phoneLength: 'Số điện thoại thường có 10 số.',
    phonePrefix: 'Số điện thoại thường bắt đầu bằng 02, 03, 05, 07, 08 hoặc 09.',
    taxCode: 'Mã số thuế thường có 10 số, hoặc 10 số và 3 số sau dấu gạch.',
    taxCodeCheck: 'Mã số thuế này có một số không khớp. Xem lại trên giấy.',
    registration: 'Số đăng ký thường có ít nhất 3 chữ số. Xem lại trên giấy.',
    email: 'Địa chỉ thư thường có dạng ten@noi.vn.',
    url: 'Địa chỉ trang thường có dạng tencoso.vn.'
  },
  reason: {
    keep: 'Giữ và ghi lý do',
    label: 'Lý do giữ'
  },
  prefilledRows: (p: { day: string }) => `Lấy từ lần trước, ${p.day}`,
  storageFull:
    'Bộ nhớ của máy đã đầy nên chưa lưu được. Chữ vẫn còn trên màn hình. Máy tự lưu khi bộ nhớ có chỗ. Vào Cài đặt xóa bớt ảnh đã gửi, đừng tắt ứng dụng.',
  missing: {
    title: 'Không thấy phiếu này trên máy',
    text: 'Phiếu có thể đã bị xóa, hoặc chưa được tải về. Mở Đồng bộ khi có mạng.'
  },
  newer: {
    title: 'Phiếu này cần bản mới của ứng dụng',
    text: 'Câu trả lời vẫn còn nguyên. Cập nhật ứng dụng rồi mở lại.'
  },
  gone: {
    title: 'Phiếu này đã bị xóa',
    text: 'Phiếu được xóa ở nơi khác trong lúc bạn đang mở.'
  },
  toToday: 'Về Hôm nay'
};
